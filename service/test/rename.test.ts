import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Format } from '#core/text/source.ts';
import { prepareRename, rename } from '#service/languageService.ts';
import { applyEdits, marked } from './markers.ts';

function renamed(text: string, newName: string, format: Format = 'json'): string {
  const { analysis, position } = marked(text, format);
  const edit = rename(analysis, position, newName);
  if ('kind' in edit) return `refused: ${edit.reason}`;
  return applyEdits(analysis, edit.changes?.[analysis.source.uri] ?? []);
}

describe('states', () => {
  test('every transition that leads to the state follows', () => {
    expect(
      renamed(
        `{"StartAt":"<|>A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Next":"A"}],"Default":"A"}}}`,
        'Start',
      ),
    ).toBe(
      `{"StartAt":"Start","States":{"Start":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Next":"Start"}],"Default":"Start"}}}`,
    );
  });

  test('from the key and from a Catch', () => {
    const text = (key: string, next: string): string =>
      `{"States":{"T":{"Type":"Task","Catch":[{"Next":"${next}"}]},"${key}":{"Type":"Fail"}}}`;
    expect(renamed(text('<|>F', 'F'), 'Oops')).toBe(text('Oops', 'Oops'));
    expect(renamed(text('F', '<|>F'), 'Oops')).toBe(text('Oops', 'Oops'));
  });

  test('only in its own scope', () => {
    expect(
      renamed(
        `{"StartAt":"<|>M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"N","States":{"N":{"Type":"Pass","Next":"M"}}},"End":true}}}`,
        'Loop',
      ),
    ).toBe(
      `{"StartAt":"Loop","States":{"Loop":{"Type":"Map","ItemProcessor":{"StartAt":"N","States":{"N":{"Type":"Pass","Next":"M"}}},"End":true}}}`,
    );
  });

  test('each YAML place keeps its quotes, and gets some where it needs them', () => {
    const text = `
      StartAt: <|>A
      States:
        "A":
          Type: Pass
          Next: 'A'
    `;
    expect(renamed(text, 'B', 'yaml')).toBe(`StartAt: B\nStates:\n  "B":\n    Type: Pass\n    Next: 'B'\n`);
    expect(renamed(text, "it's: on", 'yaml')).toBe(
      `StartAt: "it's: on"\nStates:\n  "it's: on":\n    Type: Pass\n    Next: 'it''s: on'\n`,
    );
    expect(renamed(text, 'yes', 'yaml')).toContain(`StartAt: 'yes'`);
  });

  test('quotes in a name are escaped', () => {
    expect(renamed(`{"StartAt":"<|>A","States":{"A":{}}}`, 'say "hi"')).toBe(
      String.raw`{"StartAt":"say \"hi\"","States":{"say \"hi\"":{}}}`,
    );
  });

  test('a taken name is refused', () => {
    const text = `{"States":{"<|>A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}`;
    expect(renamed(text, 'B')).toMatch(/^refused: A state 'B' exists already/);
    expect(renamed(text, '')).toMatch(/^refused: The name of a state cannot be empty/);
    expect(renamed(text, 'x'.repeat(81))).toMatch(/^refused: .*80/);
  });
});

describe('variables', () => {
  const machine = (name: string): string =>
    `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"${name}":"{% 1 %}"},"Next":"B"},` +
    `"B":{"Type":"Pass","Output":"{% \\"x\\" & $${name} + $${name}.y %}","End":true}}}`;

  test('assignment and uses in JSONata, escapes around them kept', () => {
    expect(renamed(machine('total').replace('"total"', '"<|>total"'), 'sum')).toBe(machine('sum'));
    expect(renamed(machine('total').replace('$total +', '$to<|>tal +'), 'sum')).toBe(machine('sum'));
  });

  test('in JSONPath keys and paths', () => {
    const text = (name: string): string =>
      `{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"${name}.$":"$.x"},"Next":"B"},` +
      `"B":{"Type":"Pass","Parameters":{"v.$":"$${name}.y","w.$":"States.Format('{}', $${name})"},"End":true}}}`;
    expect(renamed(text('<|>total'), 'sum')).toBe(text('sum'));
  });

  test('in YAML block text', () => {
    const text = (name: string): string => `
      QueryLanguage: JSONata
      StartAt: A
      States:
        A:
          Type: Pass
          Assign: { ${name}: 1 }
          Next: B
        B:
          Type: Pass
          Output: |-
            {%
              $map([1], function($x) {
                $x + $${name}
              })
            %}
          End: true
    `;
    expect(renamed(text('<|>n'), 'count', 'yaml')).toBe(marked(text('count'), 'yaml').analysis.source.text);
  });

  test('names that would be something else are refused', () => {
    const at = machine('total').replace('"total"', '"<|>total"');
    expect(renamed(at, '$sum')).toMatch(/^refused/);
    expect(renamed(at, '1st')).toMatch(/^refused/);
    expect(renamed(at, 'states')).toMatch(/^refused/);
  });

  test('a name that the expression binds itself is refused', () => {
    const text = `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"<|>a":1},"Next":"B"},"B":{"Type":"Pass","Output":"{% ($b := 2; $a + $b) %}","End":true}}}`;
    expect(renamed(text, 'b')).toBe(`refused: The expression in 'B' has a '$b' of its own.`);
  });
});

describe('variables of one expression', () => {
  const text = (name: string): string =>
    `{"QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% ($${name} := 1; $map([1], function($x) { $x + $${name} })) %}","End":true}}}`;

  test('follow within it', () => {
    expect(renamed(text('n').replace('$n :=', '$<|>n :='), 'count')).toBe(text('count'));
    expect(renamed(text('n').replace('$n }', '$<|>n }'), 'count')).toBe(text('count'));
  });

  test("do not take each other's names", () => {
    expect(renamed(text('n').replace('$n }', '$<|>n }'), 'x')).toBe(
      `refused: The expression has a '$x' already.`,
    );
  });
});

test('nothing else can be renamed, and it is said', () => {
  const { analysis, position } = marked(`{"Comment":"<|>x"}`);
  expect(prepareRename(analysis, position)).toMatchObject({ kind: 'refused' });
});

test('prepare gives the bare name', () => {
  const { analysis, position, ranges } = marked(`{"StartAt":"<|A|>","States":{"A":{}}}`);
  expect(prepareRename(analysis, position)).toEqual({ range: ranges[0], placeholder: 'A' });
});

describe('there and back is identity', () => {
  const names = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter(name => name.trim() !== '');
  test.each(['json', 'yaml'] as const)('%s', format => {
    const text =
      format === 'json'
        ? `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Z"},"Z":{"Type":"Succeed"}}}`
        : `StartAt: A\nStates:\n  A: { Type: Pass, Next: Z }\n  Z:\n    Type: Succeed\n`;
    fc.assert(
      fc.property(names, name => {
        fc.pre(name !== 'Z' && name !== 'A');
        const there = renameState(text, 'A', name, format);
        const back = renameState(there, name, 'A', format);
        expect(normal(back, format)).toBe(normal(text, format));
      }),
    );
  });
});

/** Quotes that a name has needed stay when it no longer needs them; for the comparison they go. */
function normal(text: string, format: Format): string {
  return format === 'json' ? text : text.replaceAll(/['"]/g, '');
}

function renameState(text: string, from: string, to: string, format: Format): string {
  const { analysis: plain } = marked(text, format);
  const state = plain.machines[0]?.machine.states.find(({ name }) => name === from);
  if (!state) throw new Error(`no state ${JSON.stringify(from)} in ${text}`);
  const edit = rename(plain, plain.lines.positionAt(state.key.start), to);
  if ('kind' in edit) throw new Error(edit.reason);
  return applyEdits(plain, edit.changes?.[plain.source.uri] ?? []);
}
