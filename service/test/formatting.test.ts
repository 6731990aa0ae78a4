import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { toJson } from '#core/syntax/toJson.ts';
import type { Format } from '#core/text/source.ts';
import { convert, formatting } from '#service/languageService.ts';
import { applyEdits } from './markers.ts';

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
