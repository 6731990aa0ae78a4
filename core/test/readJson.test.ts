import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '#core/syntax/json.ts';
import { readJson } from '#core/syntax/readJson.ts';
import { inWords } from '#core/text/message.ts';

function told(text: string): unknown {
  const reading = readJson(text);
  if (reading.kind === 'read') return reading.value;
  const { line, column, message } = reading.problem;
  return `${line}:${column} ${inWords(message)}`;
}

describe('readJson', () => {
  test('gives the value of JSON', () => {
    expect(told('{"a": [1, null]}')).toEqual({ a: [1, null] });
    expect(told('\uFEFF{}')).toEqual({});
  });

  test.each([
    ['{\n  "a": 1,\n  "b": }', '3:7 Value expected.'],
    ['{"a": 1 "b": 2}', '1:8 Comma expected between properties.'],
    ['{"a": 1', '1:8 Closing brace expected.'],
    ["{'a': 1}", '1:2 Property name in double quotes expected.'],
    ['{"a": yes}', '1:7 Value expected, found "yes". Strings need double quotes.'],
    ['{"a": ${B}}', '1:7 Value expected, found "${B}". Strings need double quotes.'],
    ['{} x', '1:4 Unexpected text after the end of the JSON value.'],
    ['// a\n{}', '1:1 JSON has no comments.'],
    ['[1,]', '1:3 AWS refuses a comma behind the last element. Remove it.'],
    [
      '"a\tb"',
      '1:1 Invalid character in the string. Control characters must be written as escapes such as \\n.',
    ],
    ['', '1:1 Value expected.'],
    ['\r\n  ', '1:1 Value expected.'],
    ['{\r\n"a"\r\n}', '2:4 Colon expected after the property name.'],
  ])('tells what is wrong in %j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test('knows a reason for everything that is no JSON', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '.',
      '01',
      '1e',
      'true',
      'nul',
      '\n',
      '\t',
      '\u0001',
      '\u00a0',
      '\uFEFF',
      '//',
      '/*',
      'é',
      '"\\u00',
      "'",
      '+1',
      '.5',
      'NaN',
      '${A}',
    ];
    let broken = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), parts => {
        const text = parts.join('');
        const reading = readJson(text);
        if (reading.kind === 'read') return;
        broken++;
        const { problems } = parseJson({ text });
        if (/^\uFEFF?[ \t\r\n]*$/.test(text)) expect(told(text)).toBe('1:1 Value expected.');
        else if (!text.includes('${')) expect(problems.length, text).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
    expect(broken).toBeGreaterThan(1000);
  });
});
