import { parseArgs } from 'node:util';
import { UsageError, exitCode, oneFile, type Command, type Io } from '#cli/command.ts';
import { bucketsOf } from '#cli/buckets.ts';
import { readDefinition } from '#cli/files.ts';
import { linkedMachine, type LinkedMachine } from '#cli/machine.ts';
import { orUsage, readJson, readNumber } from '#cli/options.ts';
import { printable } from '#cli/printable.ts';
import { timeline, traceLine } from '#cli/timeline.ts';
import { begin } from '#interpreter/begin.ts';
import { execute, type Ran } from '#interpreter/execute.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import { historyEvent } from '#interpreter/history/historyEvent.ts';
import type { Host, SyncHost } from '#interpreter/host.ts';
import type { Program } from '#interpreter/program.ts';
import type { Execution, Snapshot } from '#interpreter/snapshot.ts';
import { trace } from '#interpreter/trace.ts';
import { nameOf } from '#interpreter/callees.ts';
import { prepareMocks } from '#interpreter/prepare.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { parseJson } from '#core/syntax/json.ts';

/** `stepwise run`: runs a state machine on this machine, with mocked answers for its tasks. */
export const run: Command = {
  name: 'run',
  summary: 'run a state machine with mocked tasks',
  help: `Usage: stepwise run FILE [options]

Runs the state machine in FILE (JSON or YAML, or a template that holds one; - for standard input).
The output goes to standard output, the course of the execution to standard error.
A task that starts another state machine runs it, where its definition is at hand and no mock answers: in
the same template, in a file beside FILE that is called as the state machine, or by --machine.

  --input JSON       input of the execution: JSON, or @FILE (default {})
  --mock FILE#CASE   answers of the tasks: a test case of a mock file (MockConfigFile.json)
  --bucket NAME=DIR  a folder that stands for an S3 bucket: ItemReader reads its files (gzip, zstd and
                     Parquet too), ResultWriter writes into it; may be given several times
  --name NAME        which state machine of a template
  --machine NAME=FILE
                     the definition of a state machine that tasks start, by its name or ARN; FILE#NAME is
                     one of a template; may be given several times
  --history [json]   print the event history (as GetExecutionHistory gives it) in place of the output
  --events           print each event in place of the output: one a line, in JSON, as it happens
  --trace            show each stage of each state with its value in place of the course
  --quiet            print no course
  --speed N          let time pass, N times as fast as real; without it waits take no time
  --seed N           same seed, same ids and random values (default 1)
  --start TIME       when the execution starts, such as 2026-01-31T12:00:00Z

Exit code: 0 when the execution succeeded, 1 when it did not, 2 when it could not be run.
`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: withHistoryFormat(args),
      allowPositionals: true,
      options: {
        input: { type: 'string' },
        mock: { type: 'string' },
        bucket: { type: 'string', multiple: true },
        name: { type: 'string' },
        machine: { type: 'string', multiple: true },
        history: { type: 'string' },
        events: { type: 'boolean' },
        trace: { type: 'boolean' },
        quiet: { type: 'boolean' },
        speed: { type: 'string' },
        seed: { type: 'string' },
        start: { type: 'string' },
      },
    });
    const path = oneFile(positionals, 'run');
    refuseTogether(values, ['history', 'events']);
    refuseTogether(values, ['trace', 'quiet']);
    if (values.history !== undefined && values.history !== 'json')
      throw new UsageError(`--history prints JSON; there is no format '${values.history}'.`);
    const file = await readDefinition(path, io);
    const linked = await linkedMachine(file, values.name, values.machine ?? [], io);
    const { program } = linked;
    const { workflowType } = linked.main.machine;
    const name = nameOf(linked.main);
    const start = begin(program, {
      input: (await readJson('--input', values.input, io)) ?? {},
      stateMachineName: name,
      ...(values.seed !== undefined && { seed: readNumber('--seed', values.seed) }),
      ...(values.start !== undefined && { startTime: readTime(values.start) }),
      ...(workflowType && { type: workflowType }),
    });
    const mocks = await readMocks(values.mock, name, linked, io);
    const host = hostOf(
      mocks,
      linked,
      await bucketsOf(values.bucket ?? [], io),
      values.speed === undefined ? undefined : readNumber('--speed', values.speed),
      start.snapshot.now,
      io,
    );
    const printsOutput = values.history === undefined && !values.events;
    const shown = values.quiet || values.trace ? undefined : timeline(start.snapshot.now, io.isTerminal);
    const history: EventRecord[] = [];
    const happened: Happened = (events, executionOf) => {
      // Child executions have histories of their own.
      const own = events.filter(({ execution }) => execution === 0);
      if (values.history !== undefined) history.push(...own);
      if (values.events) for (const event of own) io.out(`${JSON.stringify(historyEvent(event))}\n`);
      if (shown) for (const event of events) io.err(shown(event, executionOf?.(event.execution)));
    };
    happened([start.event]);
    const ran = values.trace
      ? await traced(program, start.snapshot, host, io, happened)
      : await executed(program, start.snapshot, host, happened);
    if (values.history !== undefined)
      io.out(`${JSON.stringify({ events: history.map(historyEvent) }, null, 2)}\n`);
    const { outcome } = ran;
    if (!outcome) {
      io.err('The execution waits for a task that nobody answers, and that has no timeout.\n');
      return exitCode.found;
    }
    if (outcome.status === 'SUCCEEDED') {
      if (printsOutput) io.out(`${JSON.stringify(outcome.output, null, 2)}\n`);
      return exitCode.ok;
    }
    const parts = [outcome.status, outcome.error, outcome.cause];
    io.err(`${printable(parts.filter(part => part !== undefined && part !== '').join(': '))}\n`);
    return exitCode.found;
  },
};

/** A history is printed in JSON; the word may be left out. */
function withHistoryFormat(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (arg === '--history') return ['--history=json'];
    return arg === 'json' && args[index - 1] === '--history' ? [] : [arg];
  });
}

function refuseTogether(
  values: { readonly [name: string]: unknown },
  names: readonly [string, string],
): void {
  if (names.every(name => values[name] !== undefined))
    throw new UsageError(`Choose --${names[0]} or --${names[1]}: they exclude each other.`);
}

type Happened = (events: readonly EventRecord[], executionOf?: (index: number) => Execution) => void;

async function executed(program: Program, start: Snapshot, host: Host, happened: Happened): Promise<Ran> {
  const execution = execute(program, start, host);
  for (;;) {
    const step = await execution.next();
    if (step.done) return step.value;
    happened(step.value.events, step.value.executionOf);
  }
}

/** Stage by stage, each with its value. */
async function traced(
  program: Program,
  start: Snapshot,
  host: Host,
  io: Io,
  happened: Happened,
): Promise<Ran> {
  const show = traceLine(start.now, io.isTerminal);
  const execution = trace(program, start, host);
  for (;;) {
    const turn = await execution.next();
    if (turn.done) return turn.value;
    const { value } = turn;
    if (value.kind === 'stage') io.err(show(value.now, value.step));
    happened(value.kind === 'stage' ? value.step.events : value.events);
  }
}

async function readMocks(
  given: string | undefined,
  machineName: string,
  { beginning }: LinkedMachine,
  io: Io,
): Promise<SyncHost | undefined> {
  if (given === undefined) return undefined;
  const hash = given.lastIndexOf('#');
  const path = hash < 0 ? given : given.slice(0, hash);
  if (path === '') throw new UsageError(`--mock names a file before the #: MockConfigFile.json${given}`);
  if (hash < 0) throw new UsageError(await choiceOfCases(path, machineName, io));
  const file = { path, text: await io.read(path) };
  return orUsage(prepareMocks(file, machineName, given.slice(hash + 1), beginning));
}

/** Asks for one of the test cases that a mock file has. */
async function choiceOfCases(path: string, machineName: string, io: Io): Promise<string> {
  const text = await io.read(path).catch((error: unknown) => {
    if (error instanceof UsageError) return undefined;
    throw error;
  });
  if (text === undefined)
    return `--mock names a test case behind a #: MockConfigFile.json#CASE, not '${path}'.`;
  const { machines } = readMockFile(parseJson({ text }).root);
  const names = machines.find(({ name }) => name === machineName)?.testCases.map(({ name }) => name) ?? [];
  const first = `--mock names a test case behind a #: ${path}#${names[0] ?? 'CASE'}.`;
  return names.length === 0
    ? `${first} The file has none for '${machineName}'.`
    : `${first} The file has ${names.map(name => `'${name}'`).join(', ')}.`;
}

/**
 * Tasks are answered by the mocks, else by the state machines that they start; time is virtual, or `speed`
 * times as fast as real.
 */
function hostOf(
  mocks: SyncHost | undefined,
  { beginning }: LinkedMachine,
  buckets: Pick<Host, 'read' | 'write'>,
  speed: number | undefined,
  started: number,
  io: Io,
): Host {
  const host: Host = {
    ...buckets,
    call: request =>
      mocks?.call(request) ??
      beginning(request) ?? {
        kind: 'failed',
        error: 'States.Runtime',
        cause: `Nothing answers the task '${request.stateName}'. Give a mock file: --mock FILE#CASE`,
      },
  };
  if (speed === undefined) return host;
  const begun = io.now();
  return { ...host, sleep: until => io.sleep(Math.max(0, (until - started) / speed - (io.now() - begun))) };
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new UsageError(`--start must be a timestamp such as 2026-01-31T12:00:00Z, not '${text}'.`);
  return time;
}
