import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { walk, type SyntaxTree } from '#core/syntax/node.ts';
import { parseYaml, type YamlMemory } from '#core/syntax/yaml.ts';

/** Long enough to be cut: small entries are read at once. */
const comment = `# ${'Lorem ipsum dolor sit amet. '.repeat(12)}`;

/** States, each written in another way. */
const states = [
  '  Plain:\n    Type: Pass\n    Result: {a: [1, 2], "b": ${B}}\n    Next: B\n',
  `  # About the next one\n  "Quoted: key":\n    Type: Wait # seconds\n    Seconds: 3\n    ${comment}\n    Next: B\n`,
  `  B:\n    Type: Choice\n    Choices:\n    - Variable: $.a\n      IsNull: true\n      Next: Plain\n    - Next: B\n      ${comment}\n      Not:\n        Variable: $.b\n        IsNull: false\n    Default: B\n`,
  `  Text:\n    Type: Pass\n    Comment: |+\n      first\n        second\n\n    Output: >-\n      {% $states.input\n      .a %}\n    ${comment}\n\n`,
  '  Long:\n    Type: Pass\n    Comment: a text\n      that goes on\n    Result: "quoted\n      too"\n',
  '  Multi:\n    Type: Pass\n    Result: {\n      a: 1,\n      b: [\n        x ]\n    }\n    End: true\n',
  '  Tagged:\n    Type: Task\n    Resource: !GetAtt Pay.Arn\n    Parameters: !Sub "${A}"\n    Empty:\n    Next: B\n',
  '  Broken:\n    Type: Task\n    Nex\n',
  '  ? explicit\n  : Type: Pass\n',
];

const parallel = (branches: readonly string[]): string =>
  `  Both:\n    Type: Parallel\n    Branches:\n${branches
    .map(branch => `      - StartAt: Plain\n        States:\n${branch.replaceAll(/^(?=.)/gm, '        ')}`)
    .join('')}    End: true\n`;

const someStates = fc
  .array(fc.constantFrom(...states), { minLength: 1, maxLength: 12 })
  .map(list => list.join(''));

const definition = fc
  .tuple(
    fc.constantFrom('', 'Comment: x\n', '# Head\n\n', '---\n', 'Extra: &a\n  b: 1\n'),
    fc.array(fc.oneof(someStates, fc.array(someStates, { maxLength: 3 }).map(parallel)), { maxLength: 3 }),
    fc.constantFrom('', '# Tail', '\n  # Inner tail\n', '    # Innermost tail\n', 'TimeoutSeconds: 3\n'),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([head, parts, tail, lineBreak]) =>
    `${head}StartAt: B\nStates:\n${parts.join('')}${tail}`.replaceAll('\n', lineBreak),
  );

const typed = fc.constantFrom(
  'a',
  'Nex',
  'key: ',
  'x:',
  '\n',
  '\n\n',
  '  ',
  '- ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '&a ',
  '*a',
  '<<: ',
  '!Sub ',
  '|+\n',
  '>-\n',
  '# c\n',
  '\n    # c\n',
  '${x}',
  '---',
  '\t',
  ',',
  '\r\n',
  ': ',
  '? ',
  '%',
  '\n  Next: B\n',
  '\n    Nex\n',
  '\n    Next:\n',
  '\n  ',
  '\n}',
);

const edits = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat({ max: 60 }), insert: typed }),
  { maxLength: 6 },
);

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

function edited(text: string, { at, remove, insert }: Edit): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + insert + text.slice(remove > 20 ? start : start + remove);
}

/** Positions inside strings, which the trees do not show. */
function stringOffsets({ root }: SyntaxTree): readonly number[] {
  return [...(root ? walk(root) : [])].flatMap(node =>
    node.kind === 'string' ? Array.from({ length: node.value.length + 1 }, (_, n) => node.offsetOf(n)) : [],
  );
}

function expectSame(text: string, memory: YamlMemory): void {
  const whole = parseYaml(text);
  const inBlocks = parseYaml(text, memory);
  // Not `toEqual`, which needs a second for each of these trees with their ways back to the parents.
  if (!isDeepStrictEqual(inBlocks, whole)) {
    expect({ text, nodes: shown(inBlocks) }).toEqual({ text, nodes: shown(whole) });
    throw new Error(`The trees differ in what is not shown, for ${JSON.stringify(text)}`);
  }
  expect(stringOffsets(inBlocks)).toEqual(stringOffsets(whole));
}

function shown({ root, problems, comments }: SyntaxTree): unknown {
  const nodes = [...(root ? walk(root) : [])].map(({ kind, start, end }) => ({ kind, start, end }));
  return { nodes, problems, comments };
}

describe('parseYaml with a memory', () => {
  test('gives the tree that it gives without, whatever is typed', () => {
    let known = 0;
    fc.assert(
      fc.property(definition, edits, (text, changes) => {
        const memory: YamlMemory = { blocks: undefined };
        expectSame(text, memory);
        if (memory.blocks && memory.blocks.size > 3) known++;
        let version = text;
        for (const change of changes) {
          version = edited(version, change);
          expectSame(version, memory);
        }
      }),
      { numRuns: 30 },
    );
    expect(known).toBeGreaterThan(5);
  });

  test('reads only the state that was changed', () => {
    const text = `StartAt: S0\nStates:\n${Array.from(
      { length: 40 },
      (_, n) =>
        `  S${n}:\n    Type: Pass\n    Comment: ${'some text '.repeat(5)}\n    ${n < 39 ? `Next: S${n + 1}` : 'End: true'}\n`,
    ).join('')}`;
    const memory: YamlMemory = { blocks: undefined };
    parseYaml(text, memory);
    const before = memory.blocks;
    parseYaml(text.replace('Next: S7\n', 'Next: S\n    Nex\n'), memory);
    const after = memory.blocks;
    const read = [...(after ?? [])].filter(([block, tree]) => before?.get(block) !== tree);
    expect(before?.size).toBe(42);
    expect(read.map(([block]) => block)).toEqual([
      `  S6:\n    Type: Pass\n    Comment: ${'some text '.repeat(5)}\n    Next: S\n    Nex\n`,
    ]);
  });

  test('cuts the states of branches, too', () => {
    const branch = Array.from({ length: 20 }, (_, n) => states[0]?.replace('Plain', `P${n}`)).join('');
    const text = `StartAt: Both\nStates:\n${parallel([branch, branch])}`;
    const memory: YamlMemory = { blocks: undefined };
    expectSame(text, memory);
    // The branches are alike, and so each of their states is read once.
    expect([...(memory.blocks ?? [])].filter(([block]) => /^ {10}P\d+:/.test(block))).toHaveLength(20);
  });

  test.each([
    ['an alias', 'Retry: &retry []\nOther: *retry\n'],
    ['a merge key', 'A:\n  <<: {B: 1}\n'],
    ['a second document', 'A: 1\n---\nB: 2\n'],
    ['a directive', '%YAML 1.2\n---\nA: 1\n'],
    ['an open quote', 'A: "x\nB: 1\n'],
    ['an open bracket', 'A: [x\nB: 1\n'],
    ['a tab as indentation', 'A:\n\tB: 1\n'],
    ['a scalar alone', 'just a text\n'],
    ['nothing', ''],
  ])('reads a file with %s as a whole', (_, text) => {
    const memory: YamlMemory = { blocks: undefined };
    expectSame(text, memory);
    expect(memory.blocks).toBeUndefined();
  });

  test('takes no more than a block from the text of a former version', () => {
    // What stays in memory are the texts of the blocks; together they are as long as the file.
    const text = `A: ${'x'.repeat(3000)}\nB: ${'y'.repeat(3000)}\n`;
    const memory: YamlMemory = { blocks: undefined };
    parseYaml(text, memory);
    expect([...(memory.blocks?.keys() ?? [])].join('')).toBe(text);
  });
});
