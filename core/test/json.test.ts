import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '#core/syntax/json.ts';
import { propertyOf, valueOf, walk } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';

const read = (text: string) => {
  const tree = parseJson({ text });
  return {
    value: tree.root && toJson(tree.root),
    problems: tree.problems.map(p => `${p.code} ${text.slice(p.start, p.end)}`),
  };
};

describe('parseJson', () => {
  test('reads what JSON.parse reads, with the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
        const text = JSON.stringify(value, null, 2);
        expect(read(text)).toEqual({ value: JSON.parse(text), problems: [] });
      }),
    );
  });

  test('tells a whole number from one with a leading zero, a fraction or an exponent', () => {
    expect(read('[0, 12, -3, 1.5, 2e3]')).toEqual({ value: [0, 12, -3, 1.5, 2000], problems: [] });
    expect(read('[01]').problems).toEqual(['syntax 1']);
  });

  test.each(['1e', '-1.', '[1.5e+]', '{"a": 2E-}'])('%s is a number that ends too early', text => {
    expect(read(text).problems).toHaveLength(1);
  });

  test.each([':', '}', ',', ']'])('%s alone is no value', text => {
    expect(read(text)).toEqual({ value: undefined, problems: [`syntax ${text}`] });
  });

  test('never throws and keeps every position inside the text, whatever the text', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      'true',
      'nul',
      '${x}',
      '${',
      '//',
      '/*',
      '\n',
      '\\',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), parts => {
        const text = parts.join('');
        const tree = parseJson({ text });
        for (const span of [...(tree.root ? walk(tree.root) : []), ...tree.problems, ...tree.comments]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  test.each([
    ['a value that is not typed yet', '{"Next":}', {}, ['syntax }']],
    ['a key that is not finished', '{"Type":"Pass","Ne', { Type: 'Pass' }, ['syntax "Ne', 'syntax ']],
    ['a missing comma', '{"a":1 "b":2}', { a: 1, b: 2 }, ['syntax  ']],
    ['a missing value before the next key', '{"a": "b":2}', { b: 2 }, ['syntax  ']],
    ['a trailing comma', '{"a":[1,],}', { a: [1] }, ['trailing-comma ,', 'trailing-comma ,']],
    ['a comment', '{/*x*/"a":1}//y', { a: 1 }, ['comment /*x*/', 'comment //y']],
    ['a word without quotes', '{"a":yes,"b":1}', { b: 1 }, ['syntax yes']],
    ['nothing', '', undefined, []],
    ['blanks', ' \n', undefined, []],
    ['text behind the value', '{} {}', {}, ['syntax {}']],
  ])('reads %s', (_what, text, value, problems) => {
    expect(read(text)).toEqual({ value, problems });
  });

  test('reads a bare placeholder as a value, without any problem', () => {
    const text = '{"Seconds": ${Wait}, "Items": [${a.b}, ${c}0], "Text": "${d}"}';
    const tree = parseJson({ text });
    expect(tree.problems).toEqual([]);
    expect(valueOf(tree.root, 'Seconds')).toMatchObject({
      kind: 'placeholder',
      name: 'Wait',
      start: 12,
      end: 19,
    });
    expect(read(text).value).toEqual({ Seconds: '${Wait}', Items: ['${a.b}', '${c}'], Text: '${d}' });
  });

  test('knows where each character of a string stands, through escapes', () => {
    const text = String.raw`{"k": "a\u0041\"b\n"}`;
    const node = valueOf(parseJson({ text }).root, 'k');
    if (node?.kind !== 'string') throw new Error('string expected');
    expect(node.value).toBe('aA"b\n');
    const at = (n: number) => text.slice(node.offsetOf(n), node.offsetOf(n + 1));
    expect([0, 1, 2, 3, 4].map(at)).toEqual(['a', String.raw`\u0041`, String.raw`\"`, 'b', String.raw`\n`]);
    for (let n = 0; n <= 5; n++) expect(node.indexOf(node.offsetOf(n))).toBe(n);
  });

  test('refuses to follow nesting deeper than any state machine, and goes on behind it', () => {
    const text = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)},"b":1}`;
    const tree = parseJson({ text });
    expect(tree.problems.map(p => p.code)).toEqual(['too-deep']);
    expect(propertyOf(tree.root, 'b')).toBeDefined();
  });

  test('keeps a key named __proto__ as data', () => {
    expect(Object.keys(read('{"__proto__": {"a": 1}}').value as object)).toEqual(['__proto__']);
  });
});
