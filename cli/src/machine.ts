import { inWords } from '#core/text/message.ts';
import { findCallees, type Part } from '#interpreter/callees.ts';
import { link, type Linked } from '#interpreter/link.ts';
import { prepareMachine, type TextFile } from '#interpreter/prepare.ts';
import { UsageError, type Io } from './command.ts';
import { orUsage } from './options.ts';

/** A definition ready to run, with the state machines that its tasks start. */
export interface LinkedMachine extends Linked {
  readonly main: Part;
}

/**
 * Makes the definition in a file ready to run, together with what its tasks start: machines of the same
 * template, files beside the definition that are called as the machine is, and those that options name
 * (`NAME=FILE`).
 */
export async function linkedMachine(
  file: TextFile,
  name: string | undefined,
  options: readonly string[],
  io: Pick<Io, 'read' | 'err'>,
): Promise<LinkedMachine> {
  const main = { path: file.path, stateMachine: name, ...orUsage(prepareMachine(file, name)) };
  const known = { named: machinesNamed(options), namedIn: '--machine', inWorkspace: {} };
  const callees = orUsage(await findCallees(main, known, path => io.read(path)));
  for (const why of callees.unfit) io.err(`${inWords(why)}\n`);
  return { main, ...link(main, callees) };
}

function machinesNamed(options: readonly string[]): Readonly<Record<string, string>> {
  const machines = new Map<string, string>();
  for (const option of options) {
    const sign = option.indexOf('=');
    if (sign < 1 || sign === option.length - 1)
      throw new UsageError(
        `--machine names a state machine and its file, as in shipping=./shipping.asl.json, not '${option}'.`,
      );
    const name = option.slice(0, sign);
    if (machines.has(name)) throw new UsageError(`--machine ${name} is given twice.`);
    machines.set(name, option.slice(sign + 1));
  }
  return Object.fromEntries(machines);
}
