import { execFileSync } from 'node:child_process';
import type { Json } from '#core/json.ts';
import { buildStateMachine } from '#core/model/build.ts';
import { parse } from '#core/syntax/parse.ts';
import { advance } from '#interpreter/advance.ts';
import { begin, unlimited, type Start } from '#interpreter/begin.ts';
import { compile } from '#interpreter/compile.ts';
import { runToEnd } from '#interpreter/execute.ts';
import { historyEvent, historyText } from '#interpreter/history/historyEvent.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import type { Program } from '#interpreter/program.ts';

/*
 * Transitions per second of CPU time, with the history on; beside it the floor, plain JavaScript doing the
 * same to the same data, and the interpreters `aws-local-stepfunctions` and `sfn-sim` where they are installed.
 *
 *   npx node interpreter/bench/execution.bench.ts
 */

interface Scenario {
  readonly name: string;
  /** States that are entered and left in one run. */
  readonly transitions: number;
  readonly definition: Json;
  readonly input: Json;
  readonly start?: Start;
  /** The same work on the same data. */
  floor(): unknown;
}

const rounds = 5_000;

const scenarios: readonly Scenario[] = [
  {
    name: 'loop of Pass and Choice',
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
    floor: () => {
      let data = { n: 0, max: rounds };
      while (data.n < data.max) data = { n: data.n + 1, max: data.max };
      return data;
    },
  },
  {
    name: 'loop in JSONata',
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
    floor: () => {
      let data = { n: 0, max: rounds };
      while (data.n < data.max) data = { n: data.n + 1, max: data.max };
      return data;
    },
  },
  {
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
  },
  {
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
  },
];

function programOf(definition: Json): Program {
  const { root } = parse({ uri: '', version: 0, format: 'json', text: JSON.stringify(definition) });
  if (root?.kind !== 'object') throw new Error('not an object');
  const compiled = compile(buildStateMachine(root));
  if (compiled.kind === 'refused') throw new Error(compiled.problems[0]?.message);
  return compiled.program;
}

const noTasks = { call: () => ({ kind: 'failed', error: 'None', cause: undefined }) as const };

function run({ input, start }: Scenario, program: Program): readonly EventRecord[] {
  const { outcome, events } = runToEnd(program, { ...start, input }, noTasks);
  if (outcome?.status !== 'SUCCEEDED') throw new Error(JSON.stringify(outcome));
  return events;
}

/** CPU seconds, of all threads: the collector and the compiler count too. */
function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The median of some runs, after those that warm up. */
function median(work: () => unknown, times: number): number {
  for (let i = 0; i < 5; i++) work();
  const seconds = Array.from({ length: times }, () => cpuSeconds(work)).toSorted((a, b) => a - b);
  return seconds[times >> 1] ?? 0;
}

async function medianAsync(work: () => Promise<unknown>, times: number): Promise<number> {
  await work();
  const seconds: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    seconds.push((user + system) / 1e6);
  }
  return seconds.toSorted((a, b) => a - b)[times >> 1] ?? 0;
}

/** Other interpreters from npm, as functions that run a definition; those that are installed. */
async function peers(): Promise<ReadonlyMap<string, (definition: Json, input: Json) => Promise<unknown>>> {
  const found = new Map<string, (definition: Json, input: Json) => Promise<unknown>>();
  const local = await optional('aws-local-stepfunctions');
  const StateMachine = local?.['StateMachine'] as
    (new (definition: Json) => { run(input: Json): { result: Promise<unknown> } }) | undefined;
  if (StateMachine)
    found.set(
      'aws-local-stepfunctions',
      (definition, input) => new StateMachine(definition).run(input).result,
    );
  const sim = await optional('sfn-sim');
  const load = sim?.['load'] as
    ((definition: Json, options: object) => { execute(input: Json): Promise<unknown> }) | undefined;
  if (load) found.set('sfn-sim', (definition, input) => load(definition, {}).execute(input));
  return found;
}

async function optional(name: string): Promise<{ readonly [name: string]: unknown } | undefined> {
  try {
    return (await import(name)) as { readonly [name: string]: unknown };
  } catch {
    return undefined;
  }
}

export interface ExecutionFigures {
  readonly scenario: string;
  readonly perSecond: number;
  readonly floorPerSecond: number;
  readonly peers: { readonly [name: string]: number };
  /** How many times the fastest peer. */
  readonly timesBestPeer: number | undefined;
}

export async function executionFigures(): Promise<readonly ExecutionFigures[]> {
  const others = await peers();
  const figures: ExecutionFigures[] = [];
  for (const scenario of scenarios) {
    const program = programOf(scenario.definition);
    const perSecond = (seconds: number): number => Math.round(scenario.transitions / seconds);
    const ours = median(() => run(scenario, program), 15);
    const floor = median(() => {
      for (let i = 0; i < 20; i++) scenario.floor();
    }, 15);
    const theirs: { [name: string]: number } = {};
    for (const [name, execute] of others) {
      try {
        theirs[name] = perSecond(await medianAsync(() => execute(scenario.definition, scenario.input), 3));
      } catch (error) {
        console.error(`${name} cannot run the ${scenario.name}: ${String(error)}`);
      }
    }
    const best = Math.max(0, ...Object.values(theirs));
    figures.push({
      scenario: scenario.name,
      perSecond: perSecond(ours),
      floorPerSecond: perSecond(floor / 20),
      peers: theirs,
      timesBestPeer: best > 0 ? Math.round(perSecond(ours) / best) : undefined,
    });
  }
  return figures;
}

/**
 * Writing the text of a history, as a multiple of what JSON.stringify needs for the events as objects, with
 * the values themselves in place of their texts.
 */
export function historyTextFactor(): number {
  const [loop] = scenarios;
  if (!loop) throw new Error('there is no loop');
  const events = run(loop, programOf(loop.definition));
  const objects = events.map(({ data, ...record }) => ({
    ...historyEvent({ ...record, data: null }),
    data,
  }));
  const texts = median(() => historyText(events), 15);
  const plain = median(() => JSON.stringify(objects), 15);
  return texts / plain;
}

/** Single steps per second, as a debugger makes them, in the middle of a Map with 40 iterations at work. */
export function stepsPerSecond(): number {
  const map = scenarios[2];
  if (!map) throw new Error('there is no Map');
  const program = programOf(map.definition);
  const steps = 20_000;
  const seconds = median(() => {
    let { snapshot } = begin(program, { ...map.start, input: map.input });
    for (let i = 0; i < steps; i++) {
      const next = advance(program, snapshot);
      if (next.kind !== 'stepped') break;
      ({ snapshot } = next);
    }
  }, 5);
  return Math.round(steps / seconds);
}

/** Peak memory in megabytes of a process that runs the Map once, and of one that only loads. */
export function mapMemory(): { readonly peak: number; readonly loaded: number } {
  const peak = (mode: string): number =>
    Number(execFileSync(process.execPath, [import.meta.filename, mode], { encoding: 'utf8' }).trim());
  return { peak: peak('--map-memory'), loaded: peak('--load-memory') };
}

if (process.argv.includes('--map-memory') || process.argv.includes('--load-memory')) {
  const map = scenarios[2];
  if (map && process.argv.includes('--map-memory')) run(map, programOf(map.definition));
  console.log(Math.round(process.resourceUsage().maxRSS / 1024));
} else if (process.argv[1] === import.meta.filename) {
  for (const {
    scenario,
    perSecond,
    floorPerSecond,
    peers: theirs,
    timesBestPeer,
  } of await executionFigures())
    console.log(scenario, { perSecond, floorPerSecond, ...theirs, timesBestPeer });
  console.log('history texts, times JSON.stringify:', historyTextFactor().toFixed(2));
  console.log('single steps per second:', stepsPerSecond());
  console.log('memory of the Map, MB:', mapMemory());
}
