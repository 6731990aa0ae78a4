import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { toJson } from '#core/syntax/toJson.ts';
import type { Format } from '#core/text/source.ts';
import { convert, formatting, onTypeFormatting } from '#service/languageService.ts';
import { applyEdits, marked } from './markers.ts';

const options = { tabSize: 2, insertSpaces: true };

function formatted(text: string, format: Format): string {
  const analysis = analyze({ uri: 'test:///a', version: 1, format, text });
  return applyEdits(analysis, formatting(analysis, options));
}

function converted(text: string, format: Format): string {
  const result = convert(analyze({ uri: 'test:///a', version: 1, format, text }));
  return result.kind === 'converted' ? result.text : `refused: ${result.reason}`;
}

function valueOf(text: string, format: Format): Json | undefined {
  const { root } = analyze({ uri: 'test:///a', version: 1, format, text }).syntax;
  return root && toJson(root);
}

describe('formatting', () => {
  test('JSON is indented', () => {
    expect(formatted('{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}', 'json')).toBe(
      '{\n  "StartAt": "A",\n  "States": {\n    "A": {\n      "Type": "Succeed"\n    }\n  }\n}',
    );
  });

  test('a range of JSON is formatted alone', () => {
    const text = '{\n"StartAt":"A",\n"States":{}\n}';
    const analysis = analyze({ uri: 'test:///a', version: 1, format: 'json', text });
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 14 } };
    expect(applyEdits(analysis, formatting(analysis, options, range))).toBe(
      '{\n"StartAt": "A",\n"States":{}\n}',
    );
  });

  test('JSON with comments or faults is formatted as far as it goes', () => {
    expect(formatted('{"a":1, // one\n"b":[]}', 'json')).toBe('{\n  "a": 1, // one\n  "b": []\n}');
    expect(formatted('{"a":{"b":1},\n"c"}', 'json')).toBe('{\n  "a": {\n    "b": 1\n  },\n  "c"\n}');
    expect(formatted('{"a":${A}, // one\n"b":[]}', 'json')).toBe('{\n  "a": ${A}, // one\n  "b": []\n}');
  });

  test('a file with comments is formatted in any depth', () => {
    const text = `${'['.repeat(101)}1 // one\n${']'.repeat(101)}`;
    expect(formatted(text, 'json').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  });

  test('a substitution in place of a value stays whole', () => {
    expect(formatted('{"a":${A},\n"b":[${B.c}-d,"${E}"],"f":${Map}}', 'json')).toBe(
      '{\n  "a": ${A},\n  "b": [\n    ${B.c}-d,\n    "${E}"\n  ],\n  "f": ${Map}\n}',
    );
    const text = '{\n"a":${A},\n"b":1\n}';
    const analysis = analyze({ uri: 'test:///a', version: 1, format: 'json', text });
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } };
    expect(applyEdits(analysis, formatting(analysis, options, range))).toBe('{\n"a": ${A},\n"b":1\n}');
  });

  test('only the blanks that are wrong are replaced, in lines of any ending', () => {
    const text = '{\r\n  "a": 1,\r\n     "b": {"c": 2},\r\n  "d": [ ]\r\n}';
    const analysis = analyze({ uri: 'test:///a', version: 1, format: 'json', text });
    const at = (line: number, character: number): object => ({ line, character });
    expect(formatting(analysis, options)).toEqual([
      { range: { start: at(1, 9), end: at(2, 5) }, newText: '\r\n  ' },
      { range: { start: at(2, 11), end: at(2, 11) }, newText: '\r\n    ' },
      { range: { start: at(2, 17), end: at(2, 17) }, newText: '\r\n  ' },
      { range: { start: at(3, 8), end: at(3, 9) }, newText: '' },
    ]);
  });

  test('YAML keeps comments, blank lines, quotes, anchors, tags and block texts', () => {
    const text = [
      '# The order.',
      'StartAt:   "A"',
      'States:',
      '    A:',
      '        Type: Task # the work',
      "        Resource: !GetAtt 'F.Arn'",
      '        Retry: &retry',
      '        - ErrorEquals: [ States.ALL ]',
      '',
      '        Comment: |',
      '           two',
      '           lines',
      '        End: true',
      '    B:',
      '        Type: Task',
      '        Resource: ${Function}',
      '        Retry: *retry',
      '        End: true',
      '',
    ].join('\n');
    expect(formatted(text, 'yaml')).toBe(
      [
        '# The order.',
        'StartAt: "A"',
        'States:',
        '  A:',
        '    Type: Task # the work',
        "    Resource: !GetAtt 'F.Arn'",
        '    Retry: &retry',
        '      - ErrorEquals: [ States.ALL ]',
        '',
        '    Comment: |',
        '      two',
        '      lines',
        '    End: true',
        '  B:',
        '    Type: Task',
        '    Resource: ${Function}',
        '    Retry: *retry',
        '    End: true',
        '',
      ].join('\n'),
    );
  });

  test('broken YAML is left alone', () => {
    const text = 'StartAt: [A\nStates:\n   A: {\n';
    expect(formatted(text, 'yaml')).toBe(text);
  });

  test.each(['json', 'yaml'] as const)('%s: idempotent, and the value stays', format => {
    fc.assert(
      fc.property(values, value => {
        const json = JSON.stringify(value);
        const text = format === 'json' ? json : converted(json, 'json');
        const once = formatted(text, format);
        expect(formatted(once, format)).toBe(once);
        expect(valueOf(once, format)).toEqual(valueOf(text, format));
      }),
    );
  });
});

/** The text after the lines from the first to the last, counted from 0, were formatted. */
function formattedLines(text: string, format: Format, first: number, last: number): string {
  const analysis = analyze({ uri: 'test:///a', version: 1, format, text });
  const range = { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
  return applyEdits(analysis, formatting(analysis, options, range));
}

describe('a range of YAML', () => {
  const text = [
    'StartAt:   A',
    'States:',
    '    A:',
    '        Type:    Task',
    '        Resource: !GetAtt   F.Arn',
    '        Retry: &retry',
    '        - ErrorEquals: [ States.ALL ] # all',
    '',
    '          # Twice.',
    '          MaxAttempts:   2',
    '        Comment: |',
    '           two',
    '           lines',
    '        End:   true',
    '    B: {Type: Task,   Resource: f,',
    '       Retry: *retry, End: true}',
    '',
  ].join('\n');

  test('is formatted alone and begins where it began', () => {
    expect(formattedLines(text, 'yaml', 3, 9)).toBe(
      text
        .replace('Type:    Task', 'Type: Task')
        .replace('!GetAtt   F', '!GetAtt F')
        .replace(
          '        - ErrorEquals: [ States.ALL ] # all\n\n          # Twice.\n          MaxAttempts:   2',
          '          - ErrorEquals: [ States.ALL ] # all\n\n            # Twice.\n            MaxAttempts: 2',
        ),
    );
  });

  test('a whole state, with its texts of several lines', () => {
    expect(formattedLines(text, 'yaml', 2, 13)).toBe(
      [
        'StartAt:   A',
        'States:',
        '    A:',
        '      Type: Task',
        '      Resource: !GetAtt F.Arn',
        '      Retry: &retry',
        '        - ErrorEquals: [ States.ALL ] # all',
        '',
        '          # Twice.',
        '          MaxAttempts: 2',
        '      Comment: |',
        '        two',
        '        lines',
        '      End: true',
        ...text.split('\n').slice(14),
      ].join('\n'),
    );
  });

  test('nothing that is selected in part', () => {
    expect(formattedLines(text, 'yaml', 14, 14)).toBe(text);
  });

  test('what names an anchor elsewhere stays, and what is beside it does not', () => {
    const aliased =
      'Retry:   &r [a]\nB:\n    Retry:   *r\n    End:   true\n    C:\n      D:   *r\n      E:   1\n';
    expect(formattedLines(aliased, 'yaml', 1, 6)).toBe(
      'Retry:   &r [a]\nB:\n    Retry:   *r\n    End: true\n    C:\n      D:   *r\n      E: 1\n',
    );
  });

  test('the item of a list', () => {
    const list = 'Retry:\n-   ErrorEquals:   [a]\n    MaxAttempts:   1\n-   ErrorEquals: [b]\n';
    expect(formattedLines(list, 'yaml', 1, 2)).toBe(
      'Retry:\n- ErrorEquals: [ a ]\n  MaxAttempts: 1\n-   ErrorEquals: [b]\n',
    );
  });

  test('idempotent, the value stays, and so does every other line', () => {
    let changed = 0;
    fc.assert(
      fc.property(
        values,
        fc.nat(30),
        fc.nat(10),
        fc.integer({ min: 1, max: 4 }),
        (value, from, count, indent) => {
          // Deeper or even less indented than the formatter has it.
          const written = converted(JSON.stringify(value), 'json').replaceAll(/^ +/gm, blanks =>
            ' '.repeat((blanks.length / 2) * indent),
          );
          fc.pre(
            analyze({ uri: 'test:///a', version: 1, format: 'yaml', text: written }).syntax.problems
              .length === 0,
          );
          const once = formattedLines(written, 'yaml', from, from + count);
          if (once !== written) changed++;
          expect(formattedLines(once, 'yaml', from, from + count)).toBe(once);
          expect(valueOf(once, 'yaml')).toEqual(valueOf(written, 'yaml'));
          const lines = written.split('\n');
          const after = once.split('\n');
          expect(after.slice(0, from)).toEqual(lines.slice(0, from));
          expect(after.slice(from + count + 1 - lines.length + after.length)).toEqual(
            lines.slice(from + count + 1),
          );
        },
      ),
    );
    expect(changed).toBeGreaterThan(10);
  });
});

/** The text after the bracket before the cursor, or the line it is in, was typed. */
function typed(text: string, format: Format): string {
  const { analysis, position } = marked(text, format);
  const { source, lines } = analysis;
  const line = source.text.slice(lines.lineStart(position.line), lines.offsetAt(position));
  const character = line.trim() === '' ? '\n' : line.slice(-1);
  return applyEdits(analysis, onTypeFormatting(analysis, position, character, options));
}

describe('while it is typed, JSON', () => {
  test('a block is laid out when it is closed, its lines stay', () => {
    expect(
      typed(
        `
{
  "States": {
    "A": {"Type":"Pass",
  "Next":"B", "Parameters": {"a":1}
        }<|>,
      "B": {"Type":"Succeed"}
  }
}`,
        'json',
      ),
    ).toBe(`{
  "States": {
    "A": { "Type": "Pass",
      "Next": "B", "Parameters": { "a": 1 }
    },
      "B": {"Type":"Succeed"}
  }
}`);
  });

  test.each([
    ['a substitution', '{\n  "a": ${A}<|>,\n}'],
    ['a block on one line', '{ "a":  {"b":1}<|> }'],
    ['a bracket in a text', '{\n"a":  "}<|>"\n}'],
    ['a broken block', '{\n"a":  [1\n}<|>'],
  ])('%s is left alone', (_name, text) => {
    expect(typed(text, 'json')).toBe(text.replace('<|>', ''));
  });

  test('a new line is indented, and the one above spaced', () => {
    expect(typed('{\n  "a":{"b":1},\n<|>\n}', 'json')).toBe('{\n  "a": { "b": 1 },\n  \n}');
    expect(typed('{\n  "a": {\n<|>}\n}', 'json')).toBe('{\n  "a": {\n  }\n}');
    expect(typed('{\n  "a": [\n  <|>\n', 'json')).toBe('{\n  "a": [\n    \n');
  });
});

describe('while it is typed, YAML', () => {
  test.each([
    ['below a key', 'States:\n  A:\n<|>', '    '],
    ['below a key with an anchor', 'States:\n  A: &a\n<|>', '    '],
    ['beside a property', 'States:\n  A: 1 # one\n<|>', '  '],
    ['beside the key of an item', 'Retry:\n  - ErrorEquals: a\n  <|>', '    '],
    ['below the key of an item', 'Retry:\n  - ErrorEquals:\n  <|>', '      '],
    ['below an item', 'a:\n  - b\n<|>', '  '],
    ['in a text', 'a:\n  b: |\n<|>', '    '],
  ])('%s', (_name, text, blanks) => {
    expect(typed(text, 'yaml')).toBe(text.replace(/ *<\|>/, blanks));
  });

  test.each([
    ['in the middle of a text', 'a: |\n     two\n   <|>'],
    ['between brackets', 'a: [b,\n <|>'],
    ['in front of something', 'a:\n<|>b: 1'],
    ['behind an empty line', 'a:\n\n <|>'],
  ])('nothing %s', (_name, text) => {
    expect(typed(text, 'yaml')).toBe(text.replace('<|>', ''));
  });
});

describe('conversion', () => {
  test('JSON becomes YAML as people write it', () => {
    expect(
      converted(
        '{"StartAt":"A","States":{"A":{"Type":"Pass","Retry":[{"ErrorEquals":["States.ALL"]}],"Output":"{% $x %}","Comment":"yes","End":true}}}',
        'json',
      ),
    ).toBe(
      `StartAt: A\nStates:\n  A:\n    Type: Pass\n    Retry:\n      - ErrorEquals:\n          - States.ALL\n    Output: '{% $x %}'\n    Comment: 'yes'\n    End: true\n`,
    );
  });

  test('texts of several lines become blocks', () => {
    expect(converted(String.raw`{"Output":"{%\n  $a\n%}"}`, 'json')).toBe('Output: |-\n  {%\n    $a\n  %}\n');
  });

  test('JSON keeps the order of names and the digits of numbers', () => {
    expect(converted("'10': 9007199254740993\n'2': 1.10\na: 1e400\nb: 0x1F\n", 'yaml')).toBe(
      '{\n  "10": 9007199254740993,\n  "2": 1.10,\n  "a": 1e400,\n  "b": 31\n}\n',
    );
  });

  test('comments that are lost are counted, so that it can be said', () => {
    const lost = (text: string, format: Format): unknown => {
      const result = convert(analyze({ uri: 'test:///a', version: 1, format, text }));
      return result.kind === 'converted' ? [result.text, result.comments] : result;
    };
    expect(lost('# one\na: 1 # two\n', 'yaml')).toEqual(['{\n  "a": 1\n}\n', 2]);
    expect(lost('{"a": 1} // one\n', 'json')).toEqual(['a: 1\n', 1]);
    expect(lost('{"a": 1}', 'json')).toEqual(['a: 1\n', 0]);
  });

  test('a number that JSON does not know is refused, with the line', () => {
    expect(converted('a: 1\nb:\n  c: .inf\n', 'yaml')).toBe(
      "refused: JSON has no number '.inf' (line 3). Write a text or another number in its place.",
    );
  });

  test('what cannot be read is refused, with the line', () => {
    expect(converted('{"a":\n', 'json')).toMatch(/^refused: .*Line \d/);
  });

  test('there and back is the same value', () => {
    fc.assert(
      fc.property(values, value => {
        const there = converted(JSON.stringify(value), 'json');
        expect(JSON.parse(converted(there, 'yaml'))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

/** JSON objects with the names and texts that YAML takes for something else. */
const tricky = fc.constantFrom(
  'yes',
  'null',
  '1',
  '- a',
  '# b',
  'a: b',
  '{% $x %}',
  '',
  ' ',
  'a\nb',
  '*x',
  '!t',
  '<<',
  '1e3',
  '~',
  '%',
  '@',
  'a #b',
  "it's",
  '"q"',
  '[',
  'a\n',
  '\ta',
  '0x1F',
  '2024-01-01',
  '=',
  '---',
);
const texts = fc.oneof(tricky, fc.string({ unit: 'grapheme', maxLength: 12 }));
const scalars = fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null));
const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    scalars,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(texts, tie('tree'), { maxKeys: 4 }),
  ),
}));
const values = fc.dictionary(
  texts.filter(name => name !== '__proto__'),
  tree,
  { minKeys: 1, maxKeys: 4 },
);
