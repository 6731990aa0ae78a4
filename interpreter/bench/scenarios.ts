import { inWords } from '#core/text/message.ts';
import type { Json } from '#core/json.ts';
import { buildStateMachine } from '#core/model/build.ts';
import { parse } from '#core/syntax/parse.ts';
import { unlimited, type Start } from '#interpreter/begin.ts';
import { compile } from '#interpreter/compile.ts';
import type { Program } from '#interpreter/program.ts';

export interface Scenario {
  readonly name: string;
  /** States that are entered and left in one run. */
  readonly transitions: number;
  readonly definition: Json;
  readonly input: Json;
  readonly start?: Start;
  /** Plain JavaScript doing the same work on the same data. */
  readonly floor: () => unknown;
  readonly bars: Bars;
}

export interface Bars {
  /** Transitions per second of CPU time, with the history on. */
  readonly perSecond?: number;
  /** How many times as fast as the fastest other interpreter. */
  readonly timesBestPeer: number;
}

const rounds = 5_000;

function countUp(): unknown {
  let counter = { n: 0, max: rounds };
  while (counter.n < counter.max) counter = { n: counter.n + 1, max: counter.max };
  return counter;
}

export const loop: Scenario = {
  name: 'Loop of Pass and Choice',
  transitions: 2 * rounds + 1,
  definition: {
    StartAt: 'Count',
    States: {
      Count: {
        Type: 'Pass',
        Parameters: { 'n.$': 'States.MathAdd($.n, 1)', 'max.$': '$.max' },
        Next: 'Enough',
      },
      Enough: {
        Type: 'Choice',
        Choices: [{ Variable: '$.n', NumericLessThanPath: '$.max', Next: 'Count' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  },
  input: { n: 0, max: rounds },
  floor: countUp,
  bars: { perSecond: 1_000_000, timesBestPeer: 50 },
};

export const jsonataLoop: Scenario = {
  name: 'Loop in JSONata',
  transitions: 2 * rounds + 1,
  definition: {
    QueryLanguage: 'JSONata',
    StartAt: 'Count',
    States: {
      Count: {
        Type: 'Pass',
        Output: { n: '{% $states.input.n + 1 %}', max: '{% $states.input.max %}' },
        Next: 'Enough',
      },
      Enough: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.n < $states.input.max %}', Next: 'Count' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  },
  input: { n: 0, max: rounds },
  floor: countUp,
  bars: { perSecond: 200_000, timesBestPeer: 50 },
};

export const map: Scenario = {
  name: 'Map of 10,000 items by 3 states',
  transitions: 30_000,
  definition: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        MaxConcurrency: 40,
        ItemProcessor: {
          StartAt: 'Choose',
          States: {
            Choose: {
              Type: 'Pass',
              Parameters: {
                'id.$': '$.id',
                'qty.$': '$.qty',
                'label.$': "States.Format('item-{}', $.id)",
              },
              Next: 'Mark',
            },
            Mark: { Type: 'Pass', Result: { ok: true }, ResultPath: '$.status', Next: 'Through' },
            Through: { Type: 'Pass', End: true },
          },
        },
        End: true,
      },
    },
  },
  input: {
    items: Array.from({ length: 10_000 }, (_, i) => ({
      id: `i${String(i)}`,
      qty: i % 7,
      address: { city: `c${String(i % 50)}`, zip: 10_000 + i },
    })),
  },
  // AWS would refuse both the size of the input and the length of the history.
  start: { quotas: unlimited, type: 'EXPRESS' },
  floor: () =>
    Array.from({ length: 10_000 }, (_, i) => ({
      id: `i${String(i)}`,
      qty: i % 7,
      label: `item-i${String(i)}`,
      status: { ok: true },
    })),
  bars: { timesBestPeer: 12 },
};

const parallel: Scenario = {
  name: 'Parallel of 100 branches',
  transitions: 100,
  definition: {
    StartAt: 'Fan',
    States: {
      Fan: {
        Type: 'Parallel',
        Branches: Array.from({ length: 100 }, (_, i) => ({
          StartAt: `S${String(i)}`,
          States: { [`S${String(i)}`]: { Type: 'Pass', Result: { i }, ResultPath: '$.b', End: true } },
        })),
        End: true,
      },
    },
  },
  input: {},
  floor: () => Array.from({ length: 100 }, (_, i) => ({ b: { i } })),
  bars: { timesBestPeer: 12 },
};

export const scenarios: readonly Scenario[] = [loop, jsonataLoop, map, parallel];

export function programOf({ definition }: Scenario): Program {
  const { root } = parse({ uri: '', version: 0, format: 'json', text: JSON.stringify(definition) });
  if (root?.kind !== 'object') throw new Error('not an object');
  const compiled = compile(buildStateMachine(root));
  if (compiled.kind === 'refused') throw new Error(inWords(compiled.problems[0]?.message ?? ''));
  return compiled.program;
}

/** For definitions without a Task. */
export const noTasks = { call: () => ({ kind: 'failed', error: 'None', cause: undefined }) as const };
