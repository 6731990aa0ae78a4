import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { advance } from '#interpreter/advance.ts';
import { begin } from '#interpreter/begin.ts';
import { execute, runToEnd } from '#interpreter/execute.ts';
import { historyEvent, historyText } from '#interpreter/history/historyEvent.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import type { Program } from '#interpreter/program.ts';
import { bundleOf } from './bundles.ts';
import { cpuSeconds, cpuSecondsUntil, median, medianCpuSeconds } from './cpuTime.ts';
import { peersFor, type Peer } from './peers.ts';
import { loop, map, noTasks, programOf, scenarios, type Scenario } from './scenarios.ts';

/*
 * Every bar of the interpreter in one run, in CPU time: transitions per second with the history on, beside the
 * floor (plain JavaScript doing the same to the same data) and beside other interpreters from npm; the text of
 * histories; memory; and what it costs that a debugger could look on. Ends with 1 where a bar is missed.
 *
 *   npm run bench -- execution
 */

interface Line {
  readonly figure: string;
  readonly measured: string;
  readonly bar: string;
  readonly met: boolean;
}

/** How often each is measured beside the others. */
const turns = 11;

const lines: Line[] = [];

for (const scenario of scenarios) await compareWithPeers(scenario);

console.log('\nThe floor is plain JavaScript doing the same work on the same data, without any history.');
console.log(`Single steps, as a debugger makes them: ${perSecondText(stepsPerSecond())}`);
console.log(
  `The loop with a host whose answers may take time (execute): ${perSecondText(await executeRate())}`,
);

const textFactor = historyTextFactor();
report('Text of a history, times JSON.stringify', textFactor.toFixed(2), '≤ 1.5', textFactor <= 1.5);
const megabytes = Number(outputOfBundle(await bundleOf('mapMemory.ts', 'as it is')));
report(`${map.name}: peak memory of the process`, `${String(megabytes)} MB`, '≤ 130 MB', megabytes <= 130);
const hooks = await hookCost();
report('Debugger hooks when nobody listens', percent(hooks), '< 2 %', hooks < 0.02);

console.log('');
console.table(
  lines.map(({ figure, measured, bar, met }) => ({ figure, measured, bar, '': met ? 'met' : 'MISSED' })),
);
if (lines.some(({ met }) => !met)) process.exitCode = 1;

function report(figure: string, measured: string, bar: string, met: boolean): void {
  lines.push({ figure, measured, bar, met });
}

/**
 * Ours, theirs and the floor by turns, each in a process of its own that lives through all turns and is warm.
 *
 * How fast the machine is changes from one second to the next, with what else it does. What one of them did in
 * one second says little beside what another did in the next minute: so the turns are short, those of one turn
 * are compared with each other, and the median of these comparisons counts.
 */
async function compareWithPeers(scenario: Scenario): Promise<void> {
  const { name, bars } = scenario;
  const peers = peersFor(scenario);
  const contenders = ['ours', 'floor', ...peers.map(peer => peer.name)];
  const rates = await ratesByTurns(scenario, contenders);
  const ratesOf = (contender: string): readonly number[] => rates.get(contender) ?? [];
  const rate = (contender: string): number => median(ratesOf(contender));
  const timesAsFast = (peer: Peer): number =>
    median(ratesOf('ours').map((ours, turn) => ours / (ratesOf(peer.name)[turn] ?? 0)));
  const ours = rate('ours');
  console.log(`${name}: ${perSecondText(ours)}`);
  console.log(`  floor: ${perSecondText(rate('floor'))}`);
  for (const peer of peers)
    console.log(
      `  ${peer.name}: ${perSecondText(rate(peer.name))}, we are ${timesAsFast(peer).toFixed(0)} times as fast`,
    );
  if (bars.perSecond !== undefined)
    report(
      `${name}: transitions per CPU second`,
      number(ours),
      `≥ ${number(bars.perSecond)}`,
      ours >= bars.perSecond,
    );
  const times = Math.min(...peers.filter(peer => peer.interprets).map(timesAsFast));
  report(
    `${name}: times the best peer`,
    times.toFixed(1),
    `≥ ${String(bars.timesBestPeer)}`,
    times >= bars.timesBestPeer,
  );
}

/** The transitions per CPU second of each in each turn. */
async function ratesByTurns(
  scenario: Scenario,
  contenders: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const measured: { readonly name: string; readonly process: Contender; readonly rates: number[] }[] = [];
  for (const name of contenders)
    measured.push({ name, process: await contenderFor(scenario, name), rates: [] });
  for (let turn = 0; turn < turns; turn++)
    for (const { process: contender, rates } of measured) rates.push(await contender.rate());
  for (const { process: contender } of measured) contender.end();
  return new Map(measured.map(({ name, rates }) => [name, rates]));
}

/** A process that does a scenario, one sample at a time, and else waits. */
interface Contender {
  readonly rate: () => Promise<number>;
  readonly end: () => void;
}

async function contenderFor(scenario: Scenario, name: string): Promise<Contender> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rate.ts'), scenario.name, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done) throw new Error(`${name} could not be measured in the ${scenario.name}`);
    return line.value;
  };
  await nextLine();
  return {
    rate: async () => {
      child.stdin.write('\n');
      return Number(await nextLine());
    },
    end: () => child.stdin.end(),
  };
}

function run({ input, start }: Scenario, program: Program): readonly EventRecord[] {
  return runToEnd(program, { ...start, input }, noTasks).events;
}

async function executeRate(): Promise<number> {
  const program = programOf(loop);
  const once = async (): Promise<void> => {
    const going = execute(program, begin(program, { input: loop.input }).snapshot, noTasks);
    while (!(await going.next()).done);
  };
  for (let i = 0; i < 10; i++) await once();
  const seconds: number[] = [];
  for (let i = 0; i < 30; i++) seconds.push(await cpuSecondsUntil(once));
  return loop.transitions / median(seconds);
}

/**
 * Writing the text of a history, as a multiple of what JSON.stringify needs for the events as objects, with
 * the values themselves in place of their texts; by turns, too.
 */
function historyTextFactor(): number {
  const events = run(loop, programOf(loop));
  const objects = events.map(({ data, ...record }) => ({
    ...historyEvent({ ...record, data: null }),
    data,
  }));
  const factor = (): number =>
    cpuSeconds(() => historyText(events)) / cpuSeconds(() => JSON.stringify(objects));
  for (let warm = 0; warm < 5; warm++) factor();
  return median(Array.from({ length: 21 }, factor));
}

/** Single steps per second, as a debugger makes them, in the middle of a Map with 40 iterations at work. */
function stepsPerSecond(): number {
  const program = programOf(map);
  const steps = 20_000;
  const seconds = medianCpuSeconds(() => {
    let { snapshot } = begin(program, { ...map.start, input: map.input });
    for (let i = 0; i < steps; i++) {
      const next = advance(program, snapshot);
      if (next.kind !== 'stepped') break;
      ({ snapshot } = next);
    }
  }, 5);
  return steps / seconds;
}

/**
 * The share of its time that the engine spends on being watchable while nobody watches: the loop, with the
 * engine as users get it against the same sources without the hooks. The compiler of the JavaScript engine
 * decides a little differently in each process, and other work of the machine adds several times what is
 * looked for: so there are many processes of each, by turns, and the third of them that was fastest counts.
 */
async function hookCost(): Promise<number> {
  const asItIs = await bundleOf('loopTime.ts', 'as it is');
  const without = await bundleOf('loopTime.ts', 'without hooks');
  const times: { readonly asItIs: number[]; readonly without: number[] } = { asItIs: [], without: [] };
  for (let i = 0; i < 15; i++) {
    times.asItIs.push(Number(outputOfBundle(asItIs)));
    times.without.push(Number(outputOfBundle(without)));
  }
  const [with_, bare] = [meanOfFastest(times.asItIs), meanOfFastest(times.without)];
  console.log(
    `The loop with hooks and nobody listening: ${with_.toFixed(3)} ms; without any: ${bare.toFixed(3)} ms`,
  );
  return with_ / bare - 1;
}

function meanOfFastest(times: readonly number[]): number {
  const fastest = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length / 3));
  return fastest.reduce((sum, time) => sum + time, 0) / fastest.length;
}

function outputOfBundle(program: string): string {
  return output(['-'], program);
}

/** What a program prints. */
function output(args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function perSecondText(rate: number): string {
  return `${number(rate)} per CPU second`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
