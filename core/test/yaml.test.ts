import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { valueOf, walk, type StringNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { parseYaml } from '#core/syntax/yaml.ts';

const read = (text: string) => {
  const tree = parseYaml(text);
  return { value: tree.root && toJson(tree.root), problems: tree.problems.map(p => p.code) };
};

const stringAt = (text: string, key: string): StringNode => {
  const node = valueOf(parseYaml(text).root, key);
  if (node?.kind !== 'string') throw new Error('string expected');
  return node;
};

/** The file's text under each character of the value that is not a blank. */
const visibleUnder = (text: string, node: StringNode): string =>
  node.value
    .split('')
    .map((char, n) => (/\s/.test(char) ? char : text.charAt(node.offsetOf(n))))
    .join('');

describe('parseYaml', () => {
  test('reads what it is given as JSON reads the same value', () => {
    // As JSON text, which has no -0 of its own: fast-check makes one, `stringify` writes it.
    const json = fc.json({ maxDepth: 5 }).filter(text => !text.includes('<<'));
    fc.assert(
      fc.property(json, text => {
        const value: unknown = JSON.parse(text);
        expect(read(stringify(value, { version: '1.2' }))).toEqual({ value, problems: [] });
      }),
    );
  });

  test('never throws and keeps every position inside the text, whatever the text', () => {
    const pieces = fc.constantFrom(
      'a:',
      ' ',
      '\n',
      '- ',
      '"x"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '<<: ',
      '!Sub ',
      '|',
      '>',
      '#c',
      '${x}',
      '---',
      '\t',
      ',',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), parts => {
        const text = parts.join('');
        const tree = parseYaml(text);
        for (const span of [...(tree.root ? walk(tree.root) : []), ...tree.problems, ...tree.comments]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('follows anchors, aliases and merge keys', () => {
    const text =
      'x: &retry\n  MaxAttempts: 2\na:\n  <<: *retry\n  IntervalSeconds: 1\nb: *retry\nc:\n  <<: [*retry, {IntervalSeconds: 9}]\n';
    expect(read(text)).toEqual({
      value: {
        x: { MaxAttempts: 2 },
        a: { IntervalSeconds: 1, MaxAttempts: 2 },
        b: { MaxAttempts: 2 },
        c: { MaxAttempts: 2, IntervalSeconds: 9 },
      },
      problems: [],
    });
    const a = valueOf(parseYaml(text).root, 'a');
    expect(a?.kind === 'object' && a.properties.map(p => [p.key.value, p.inherited])).toEqual([
      ['IntervalSeconds', false],
      ['MaxAttempts', true],
    ]);
  });

  test('ends on aliases that unfold without end', () => {
    const lines = ['a0: &a0 [x, x]'];
    for (let i = 1; i < 40; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
    expect(read(lines.join('\n')).problems).toContain('unresolved-alias');
    expect(read('a: &a [*a]').problems).toEqual(['unresolved-alias']);
    expect(read('a: *nobody').problems).toContain('unresolved-alias');
  });

  test('keeps CloudFormation tags as values that are known at deployment', () => {
    const text =
      'Resource: !GetAtt Pay.Arn\nName: !Sub "${AWS::StackName}-x"\nList: !Join ["", [a, !Ref b]]\n';
    expect(read(text)).toEqual({
      value: {
        Resource: { 'Fn::GetAtt': 'Pay.Arn' },
        Name: { 'Fn::Sub': '${AWS::StackName}-x' },
        List: { 'Fn::Join': ['', ['a', { Ref: 'b' }]] },
      },
      problems: [],
    });
  });

  test('reads a bare placeholder as a value, also inside brackets', () => {
    const tree = parseYaml('Seconds: ${Wait}\nItems: [${A}, "${B}"]\nText: a ${C} b\n');
    expect(tree.problems).toEqual([]);
    expect(valueOf(tree.root, 'Seconds')).toMatchObject({
      kind: 'placeholder',
      name: 'Wait',
      start: 9,
      end: 16,
    });
    expect(tree.root && toJson(tree.root)).toEqual({
      Seconds: '${Wait}',
      Items: ['${A}', '${B}'],
      Text: 'a ${C} b',
    });
  });

  test('takes names as they are written: numbers and yes as keys, y as a string', () => {
    expect(read('1: a\nyes: y\n')).toEqual({ value: { '1': 'a', yes: 'y' }, problems: [] });
  });

  test.each([
    ['plain, folded', 'k: a {% $x\n   + $y %} b\n'],
    ['single quotes', "k: 'it''s {% $x %}\n\n   next'\n"],
    ['double quotes', 'k: "tab\\t \\u0041{% $x %}\\\n   joined \\"q\\" \n   folded"\n'],
    ['literal block', 'k: |-\n  {%\n    $a := 1;\n\n    $a + 2\n  %}\n'],
    ['literal block with indentation given', 'k: |2-\n    more\n  less\n'],
    ['folded block', 'k: >-\n  {% $states.input\n  .name &\n\n  "x" %}\n    kept\n  end\n'],
  ])('knows where each character of a string stands: %s', (_style, text) => {
    const node = stringAt(text, 'k');
    const seen = visibleUnder(text, node);
    const expected = node.value
      .split('')
      .map((char, n) => (/\S/.test(char) && text.charAt(node.offsetOf(n)) === '\\' ? '\\' : char))
      .join('');
    expect(seen).toBe(expected);
    expect(node.offsetOf(0)).toBeGreaterThan(2);
    for (let n = 1; n <= node.value.length; n++)
      expect(node.offsetOf(n)).toBeGreaterThanOrEqual(node.offsetOf(n - 1));
  });

  test('finds a single character through folding and escapes', () => {
    const text = 'k: >\n    one\n    two $x\n';
    const node = stringAt(text, 'k');
    const n = node.value.indexOf('$');
    expect(text.charAt(node.offsetOf(n))).toBe('$');
    expect(node.indexOf(text.indexOf('$'))).toBe(n);
  });

  test('collects comments', () => {
    const text = '# top\na: 1 # side\nb:\n  # inner\n  - x\n';
    expect(parseYaml(text).comments.map(c => [c.text, text.slice(c.start, c.end)])).toEqual([
      ['top', '# top'],
      ['side', '# side'],
      ['inner', '# inner'],
    ]);
  });

  test('gives a tree for text that is being typed', () => {
    const tree = parseYaml('StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next:\n  B');
    expect(toJson(tree.root!)).toMatchObject({ StartAt: 'A', States: { A: { Type: 'Pass' } } });
    expect(parseYaml('').root).toBeUndefined();
    expect(parseYaml('# only\n').root).toBeUndefined();
  });

  test('reports a second document', () => {
    expect(read('a: 1\n---\nb: 2\n')).toEqual({ value: { a: 1 }, problems: ['multiple-documents'] });
  });
});
