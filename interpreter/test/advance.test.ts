import { describe, expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import { advance, outcomeOf, requestsOf } from '#interpreter/advance.ts';
import { begin, type Start } from '#interpreter/begin.ts';
import { deliver, nextDue } from '#interpreter/deliver.ts';
import { runToEnd } from '#interpreter/execute.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import type { SyncHost } from '#interpreter/host.ts';
import type { Program } from '#interpreter/program.ts';
import type { Snapshot } from '#interpreter/snapshot.ts';
import { echo, fn, programOf } from './running.ts';

/** Runs by single steps, handing every snapshot through `between`. */
function stepThrough(
  program: Program,
  start: Start,
  host: SyncHost,
  between: (snapshot: Snapshot) => Snapshot,
): { events: EventRecord[]; snapshots: Snapshot[] } {
  const begun = begin(program, start);
  const events = [begun.event];
  const snapshots: Snapshot[] = [];
  const answered = new Set<number>();
  let { snapshot } = begun;
  for (let i = 0; i < 10_000; i++) {
    snapshot = between(snapshot);
    snapshots.push(snapshot);
    const next = advance(program, snapshot);
    if (next.kind === 'ended') return { events, snapshots };
    if (next.kind === 'stepped') {
      events.push(...next.step.events);
      ({ snapshot } = next);
      continue;
    }
    const request = next.requests.find(r => r.kind === 'task' && !answered.has(r.id));
    const due = nextDue(program, snapshot);
    if (request?.kind === 'task') {
      answered.add(request.id);
      const answer = host.call(request);
      if (answer.kind === 'silent') continue;
      const delivered = deliver(program, snapshot, { ...answer, request: request.id });
      events.push(...delivered.events);
      ({ snapshot } = delivered);
    } else if (due === undefined) {
      throw new Error('nothing goes on');
    } else {
      const delivered = deliver(program, snapshot, { kind: 'time', now: due });
      events.push(...delivered.events);
      ({ snapshot } = delivered);
    }
  }
  throw new Error('too many steps');
}

const machines: { readonly [name: string]: Json } = {
  'data flow': {
    StartAt: 'A',
    States: {
      A: {
        Type: 'Pass',
        InputPath: '$.a',
        Parameters: { 'x.$': '$.b', y: 2 },
        ResultPath: '$.r',
        Assign: { 'v.$': '$.x' },
        Next: 'C',
      },
      C: {
        Type: 'Choice',
        Choices: [{ Variable: '$v', NumericEquals: 4, Next: 'W' }],
        Default: 'F',
      },
      W: { Type: 'Wait', Seconds: 5, Next: 'S' },
      S: { Type: 'Succeed', OutputPath: '$.r' },
      F: { Type: 'Fail', Error: 'E', Cause: 'c' },
    },
  },
  'branches, iterations, retries': {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'B1', States: { B1: { Type: 'Wait', Seconds: 3, End: true } } },
          {
            StartAt: 'M',
            States: {
              M: {
                Type: 'Map',
                ItemsPath: '$.items',
                MaxConcurrency: 2,
                ItemSelector: { 'n.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index' },
                ItemProcessor: {
                  StartAt: 'T',
                  States: {
                    T: {
                      Type: 'Task',
                      Resource: fn,
                      Retry: [{ ErrorEquals: ['Again'], JitterStrategy: 'FULL' }],
                      End: true,
                    },
                  },
                },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    },
  },
  'a failing branch': {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'B1', States: { B1: { Type: 'Wait', Seconds: 3, End: true } } },
          { StartAt: 'B2', States: { B2: { Type: 'Fail', Error: 'Bad' } } },
        ],
        Catch: [{ ErrorEquals: ['Bad'], ResultPath: '$.error', Next: 'Done' }],
        End: true,
      },
      Done: { Type: 'Pass', End: true },
    },
  },
};

const start: Start = { input: { a: { b: 4 }, items: [1, 2, 3, 4, 5] }, seed: 7 };

/** Fails each third call with an error that is retried. */
const faltering: SyncHost = {
  call: request =>
    request.id % 3 === 0 ? { kind: 'failed', error: 'Again', cause: 'third' } : echo.call(request),
};

describe.each(Object.entries(machines))('%s', (_, definition) => {
  const program = programOf(definition);

  test('steps give the same history as a run at full speed', () => {
    const ran = runToEnd(program, start, faltering);
    expect(ran.outcome).toBeDefined();
    const stepped = stepThrough(program, start, faltering, snapshot => snapshot);
    expect(stepped.events).toEqual(ran.events);
  });

  test('a snapshot can be written as JSON and read again at every step', () => {
    const ran = runToEnd(program, start, faltering);
    const copied = stepThrough(
      program,
      start,
      faltering,
      snapshot => JSON.parse(JSON.stringify(snapshot)) as Snapshot,
    );
    expect(JSON.stringify(copied.events)).toBe(JSON.stringify(ran.events));
  });

  test('a step leaves the snapshot it was made from as it was', () => {
    const begun = begin(program, start);
    const texts: string[] = [];
    const { snapshots } = stepThrough(program, start, faltering, snapshot => {
      texts.push(JSON.stringify(snapshot));
      return snapshot;
    });
    expect(snapshots.map(snapshot => JSON.stringify(snapshot))).toEqual(texts);
    expect(begun.snapshot).toEqual(begin(program, start).snapshot);
  });

  test('the same seed gives the same history', () => {
    const text = (): string => JSON.stringify(runToEnd(program, start, faltering).events);
    expect(text()).toBe(text());
  });
});

test('stages have the names of the inspection data', () => {
  const program = programOf(machines['data flow'] ?? null);
  const names: string[] = [];
  let { snapshot } = begin(program, start);
  for (let next = advance(program, snapshot); next.kind === 'stepped'; next = advance(program, snapshot)) {
    names.push(`${next.step.stateName}.${next.step.stage}`);
    ({ snapshot } = next);
  }
  expect(names).toEqual([
    'A.input',
    'A.afterInputPath',
    'A.afterParameters',
    'A.assign',
    'A.afterResultPath',
    'A.output',
    'C.input',
    'C.choice',
    'C.output',
    'W.input',
    'W.wait',
  ]);
  expect(outcomeOf(snapshot)).toBeUndefined();
  expect(requestsOf(snapshot)).toMatchObject([{ kind: 'timer', stateName: 'W' }]);
});

test('the last step of a strand still tells its output', () => {
  const program = programOf({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Result: { done: true }, End: true } },
  });
  const values: Json[] = [];
  let { snapshot } = begin(program);
  for (let next = advance(program, snapshot); next.kind === 'stepped'; next = advance(program, snapshot)) {
    values.push(next.step.value);
    ({ snapshot } = next);
  }
  expect(values).toEqual([{}, { done: true }, { done: true }]);
  expect(outcomeOf(snapshot)).toEqual({ status: 'SUCCEEDED', output: { done: true } });
});

test('a step can be that of any strand that is ready', () => {
  const branch = (name: string): Json => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
  const program = programOf({
    StartAt: 'P',
    States: { P: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true } },
  });
  let { snapshot } = begin(program);
  for (let i = 0; i < 2; i++) {
    const next = advance(program, snapshot);
    if (next.kind === 'stepped') ({ snapshot } = next);
  }
  const second = advance(program, snapshot, '/States/P/Branches/1');
  expect(second.kind === 'stepped' && second.step.stateName).toBe('B');
});
