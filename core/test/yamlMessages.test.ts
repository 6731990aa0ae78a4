import { expect, test } from 'vitest';
import { parseYaml } from '#core/syntax/yaml.ts';
import { inWords } from '#core/text/message.ts';

/* Broken as people break it while they type; the words are those of the `yaml` library. */
test.each([
  ['a:\n  - b\n- c: d: e\n', 'Nested mappings are not allowed in compact mappings.'],
  ['a: b: c', 'Nested mappings are not allowed in compact mappings.'],
  ['a: - b', 'Unexpected block-seq-ind on same line with key.'],
  ['a: &b &c d', 'A node can have at most one anchor.'],
  ['a: !b !c d', 'A node can have at most one tag.'],
  ['a:\n  - b\n - c', 'A block sequence may not be used as an implicit map key.'],
  ['&x *x', 'An alias node must not specify any properties.'],
  ['[# c', 'Comments must be separated from other tokens by white space characters.'],
  ['a: *', 'Alias cannot be an empty string.'],
  ['a: & b', 'Anchor cannot be an empty string.'],
  ['a:\n  b: c\n d: e', 'All mapping items must start at the same column.'],
  ['- - a\n - b', 'All sequence items must start at the same column.'],
  ['a: [\n  - b\n]', 'Block collections are not allowed within flow collections.'],
  ['{ a: b', 'Flow map must end with a }.'],
  ['a: { b: c', 'Flow map in block collection must be sufficiently indented and end with a }.'],
  ['[ a', 'Flow sequence must end with a ].'],
  ['a: [ b', 'Flow sequence in block collection must be sufficiently indented and end with a ].'],
  ['a\nb: c', 'Implicit keys need to be on a single line.'],
  ['a: b\nc', 'Implicit map keys need to be followed by map values.'],
  [': ---\n\n[\n "k"', 'Map comment with trailing content.'],
  ['{|{}\n[&x ', 'Missing , between flow map items.'],
  ['[: &x ? ', 'Missing , between flow sequence items.'],
  ['[ "a" "b" ]', 'Missing , or : between flow sequence items.'],
  ['{ "a" "b" }', 'Missing , or : between flow map items.'],
  ['a: "b', 'Missing closing "quote.'],
  ["a: 'b", "Missing closing 'quote."],
  ['%YAML 1.2\na: b', 'Missing directives-end/doc-start indicator line.'],
  ['- *x\n "', 'Sequence item without - indicator.'],
  ['a:\n\tb: c', 'Tabs are not allowed as indentation.'],
  ['{ , }', 'Unexpected , in flow map.'],
  ['[ , ]', 'Unexpected , in flow sequence.'],
  ['a: "b" c', 'Unexpected scalar at node end.'],
  [']', 'Unexpected flow-seq-end token in YAML document: "]".'],
  ['a: b\n]', 'Unexpected flow-seq-end token in YAML stream: "]".'],
  ['[ {"a": "b" "c": "d"} ]', 'Unexpected double-quoted-scalar token.'],
  ['[>', 'Plain value cannot start with block scalar indicator >.'],
  ['a: @b', 'Plain value cannot start with reserved character @.'],
  ['a: `b', 'Plain value cannot start with reserved character `.'],
  ['a: ,b', 'Plain value cannot start with flow indicator character ,.'],
  ['a: %b', 'Plain value cannot start with directive indicator character %.'],
  ['a: |b\n  c', 'Block scalar header includes extra characters: |b.'],
  ['a: |${B}\n  c', 'Block scalar header includes extra characters: |${B}.'],
  ['a: "\\q"', 'Invalid escape sequence \\q.'],
])('%j is told in words that are translated: %s', (text, expected) => {
  const { problems } = parseYaml(text);
  expect(problems.map(({ message }) => inWords(message))).toContain(expected);
  expect(problems.filter(({ message }) => message.text === '{0}')).toEqual([]);
});

test('what the library seldom says stands as it is', () => {
  const [problem] = parseYaml('%TAG a\n---\nb: c').problems;
  expect(problem?.message).toEqual({
    text: '{0}',
    values: ['%TAG directive should contain exactly two parts.'],
  });
});
