import { expect, test } from 'vitest';
import { advance, outcomeOf, strandAt } from '#interpreter/advance.ts';
import { begin } from '#interpreter/begin.ts';
import { edited, type Edit } from '#interpreter/edit.ts';
import { continueToEnd } from '#interpreter/execute.ts';
import { echo, fn, programOf } from './running.ts';

const program = programOf({
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Assign: { v: 1 }, Next: 'B' },
    B: { Type: 'Task', Resource: fn, Parameters: { 'data.$': '$', 'v.$': '$v' }, Next: 'C' },
    C: { Type: 'Pass', Result: 'C', End: true },
  },
});

const choosing = programOf({
  StartAt: 'Which',
  States: {
    Which: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Two' }], Default: 'Other' },
    Two: { Type: 'Pass', Result: 'Two', End: true },
    Other: { Type: 'Pass', Result: 'Other', End: true },
  },
});

/** The outcome when, after so many stages, one thing is changed at the top level. */
function check(stages: number, edit: Edit, outcome: unknown): void {
  let { snapshot } = begin(program, { input: 'input' });
  for (let i = 0; i < stages; i++) {
    const next = advance(program, snapshot);
    if (next.kind === 'stepped') ({ snapshot } = next);
  }
  const before = JSON.stringify(snapshot);
  const after = edited(program, snapshot, '', edit);
  expect(JSON.stringify(snapshot)).toBe(before);
  expect(after && continueToEnd(program, after, echo).outcome).toEqual(outcome);
}

const ended = (output: unknown): unknown => ({ status: 'SUCCEEDED', output });

test('another input before a state begins', () => check(3, { kind: 'input', value: 'new' }, ended('C')));

test.each(['input', 'data'] as const)('the %s of a state whose stages have not made anything of it', kind => {
  const { snapshot } = begin(choosing, { input: 1 });
  const entered = advance(choosing, snapshot);
  const after =
    entered.kind === 'stepped' ? edited(choosing, entered.snapshot, '', { kind, value: 2 }) : undefined;
  expect(after && strandAt(after, '')).toMatchObject({ input: 2, data: 2 });
  expect(after && continueToEnd(choosing, after, echo).outcome).toEqual(ended('Two'));
});

test('the output of a state that has passed its input on, which stays as it was', () => {
  const passing = programOf({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
  let { snapshot } = begin(passing, { input: 1 });
  for (;;) {
    const next = advance(passing, snapshot);
    if (next.kind !== 'stepped' || outcomeOf(next.snapshot)) break;
    ({ snapshot } = next);
  }
  const after = edited(passing, snapshot, '', { kind: 'data', value: 2 });
  expect(after && strandAt(after, '')).toMatchObject({ input: 1, data: 2 });
});

test('a variable', () => {
  let { snapshot } = begin(program, { input: 1 });
  for (let i = 0; i < 4; i++) {
    const next = advance(program, snapshot);
    if (next.kind === 'stepped') ({ snapshot } = next);
  }
  const after = edited(program, snapshot, '', { kind: 'variable', name: 'v', value: 'set' });
  expect(after && strandAt(after, '')?.variables).toEqual({ v: 'set' });
  const ran = after && continueToEnd(program, after, echo);
  const scheduled = ran?.events.find(({ type }) => type === 'LambdaFunctionScheduled');
  expect(scheduled?.details?.['input']).toEqual({ data: 1, v: 'set' });
});

test('another state', () => check(1, { kind: 'state', state: '/States/C' }, ended('C')));

test('the same state again, while its task is under way', () => check(6, { kind: 'restart' }, ended('C')));

test('not a state of another scope', () => check(1, { kind: 'state', state: '/States/Nope' }, undefined));
