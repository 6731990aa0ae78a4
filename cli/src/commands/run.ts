import { parseArgs } from 'node:util';
import { UsageError, exitCode, type Command, type Io } from '#cli/command.ts';
import { timeline } from '#cli/timeline.ts';
import type { Json } from '#core/json.ts';
import { begin } from '#interpreter/begin.ts';
import { execute, type Ran } from '#interpreter/execute.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import { historyEvent } from '#interpreter/history/historyEvent.ts';
import type { Host, SyncHost } from '#interpreter/host.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { prepareJson, prepareMachine, prepareMocks, type Prepared } from '#interpreter/prepare.ts';

/** `stepwise run`: runs a state machine on this machine, with mocked answers for its tasks. */
export const run: Command = {
  name: 'run',
  summary: 'run a state machine with mocked tasks',
  help: `Usage: stepwise run FILE [options]

Runs the state machine in FILE (JSON or YAML, or a template that holds one; - for standard input).
The output goes to standard output, the course of the execution to standard error.

  --input JSON       input of the execution: JSON, or @FILE (default {})
  --mock FILE#CASE   answers of the tasks: a test case of a mock file (MockConfigFile.json)
  --name NAME        which state machine of a template
  --history          print the event history (as GetExecutionHistory gives it) in place of the output
  --quiet            print no course
  --speed N          let time pass, N times as fast as real; without it waits take no time
  --seed N           same seed, same ids and random values (default 1)
  --start TIME       when the execution starts, such as 2026-01-31T12:00:00Z

Exit code: 0 when the execution succeeded, 1 when it did not, 2 when it could not be run.
`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: 'string' },
        mock: { type: 'string' },
        name: { type: 'string' },
        history: { type: 'boolean' },
        quiet: { type: 'boolean' },
        speed: { type: 'string' },
        seed: { type: 'string' },
        start: { type: 'string' },
      },
    });
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0)
      throw new UsageError('Name one FILE. See stepwise help run.');
    const { machine, program } = orUsage(prepareMachine({ path, text: await io.read(path) }, values.name));
    const start = begin(program, {
      input: await readInput(values.input, io),
      stateMachineName: mockedName(path, values.name),
      ...(values.seed !== undefined && { seed: readNumber('--seed', values.seed) }),
      ...(values.start !== undefined && { startTime: readTime(values.start) }),
      ...(machine.workflowType && { type: machine.workflowType }),
    });
    const mocks = await readMocks(values.mock, mockedName(path, values.name), io);
    const host = hostOf(
      mocks,
      values.speed === undefined ? undefined : readNumber('--speed', values.speed),
      start.snapshot.now,
      io,
    );
    const show = values.quiet ? undefined : timeline(start.snapshot.now, io.isTerminal);
    const events: EventRecord[] = [start.event];
    const execution = execute(program, start.snapshot, host);
    let ran: Ran | undefined;
    while (!ran) {
      const step = await execution.next();
      if (step.done) {
        ran = step.value;
      } else {
        events.push(...step.value.events);
        if (show) for (const event of step.value.events) io.err(show(event));
      }
    }
    if (values.history)
      io.out(
        `${JSON.stringify({ events: events.filter(({ execution: index }) => index === 0).map(historyEvent) }, null, 2)}\n`,
      );
    const { outcome } = ran;
    if (!outcome) {
      io.err('The execution waits for a task that nobody answers, and that has no timeout.\n');
      return exitCode.found;
    }
    if (outcome.status === 'SUCCEEDED') {
      if (!values.history) io.out(`${JSON.stringify(outcome.output, null, 2)}\n`);
      return exitCode.ok;
    }
    io.err(
      `${[outcome.status, outcome.error, outcome.cause].filter(part => part !== undefined && part !== '').join(': ')}\n`,
    );
    return exitCode.found;
  },
};

function orUsage<T>(prepared: Prepared<T>): T {
  if (prepared.kind === 'refused') throw new UsageError(prepared.reason);
  return prepared.value;
}

async function readInput(given: string | undefined, io: Io): Promise<Json> {
  if (given === undefined) return {};
  const path = given.startsWith('@') ? given.slice(1) : undefined;
  return orUsage(
    prepareJson(path === undefined ? { path: '--input', text: given } : { path, text: await io.read(path) }),
  );
}

async function readMocks(
  given: string | undefined,
  machineName: string,
  io: Io,
): Promise<SyncHost | undefined> {
  if (given === undefined) return undefined;
  const hash = given.lastIndexOf('#');
  if (hash < 0) throw new UsageError(`--mock names a test case behind a #: ${given}#HappyPath`);
  const path = given.slice(0, hash);
  return orUsage(prepareMocks({ path, text: await io.read(path) }, machineName, given.slice(hash + 1)));
}

/** Tasks are answered by the mocks; time is virtual, or `speed` times as fast as real. */
function hostOf(mocks: SyncHost | undefined, speed: number | undefined, started: number, io: Io): Host {
  const host: Host = {
    call: request =>
      mocks?.call(request) ?? {
        kind: 'failed',
        error: 'States.Runtime',
        cause: `Nothing answers the task '${request.stateName}'. Give a mock file: --mock FILE#CASE`,
      },
  };
  if (speed === undefined) return host;
  const begun = io.now();
  return { ...host, sleep: until => io.sleep(Math.max(0, (until - started) / speed - (io.now() - begun))) };
}

function readNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new UsageError(`${option} must be a number above 0, not '${text}'.`);
  return value;
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new UsageError(`--start must be a timestamp such as 2026-01-31T12:00:00Z, not '${text}'.`);
  return time;
}
