import { exitCode, UsageError, type Command, type Io } from './command.ts';
import { closest } from '#core/text/closest.ts';
import { commands } from './commands/all.ts';
import { version } from './files.ts';
import { printable } from './printable.ts';

/** Runs `stepwise` with the arguments behind its name and gives the exit code. */
export async function stepwise(args: readonly string[], world: Io): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (name === 'help' || name === '--help' || name === '-h') {
    const [wanted] = rest;
    const about = commands.find(known => known.name === wanted);
    if (wanted !== undefined && !about) return noCommand(wanted, world);
    world.out(about ? about.help : overview(commands));
    return exitCode.ok;
  }
  if (name === 'version' || name === '--version' || name === '-v') {
    world.out(`${version()}\n`);
    return exitCode.ok;
  }
  const command = commands.find(known => known.name === name);
  if (!command) return noCommand(name, world);
  if (rest.includes('--help') || rest.includes('-h')) {
    world.out(command.help);
    return exitCode.ok;
  }
  try {
    return await command.run(rest, world);
  } catch (error) {
    if (!(error instanceof UsageError || isParseError(error))) throw error;
    world.err(`stepwise ${command.name}: ${printable(reasonOf(error, command))}\n`);
    return exitCode.usage;
  }
}

function noCommand(name: string, world: Io): number {
  const meant = closest(
    name,
    commands.map(known => known.name),
  );
  const question = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  world.err(`stepwise: there is no command '${printable(name)}'.${question} Try 'stepwise help'.\n`);
  return exitCode.usage;
}

/** Node's advice on unknown options is about names of files that begin with a dash, which are rare. */
function reasonOf(error: Error, { name, help }: Command): string {
  const unknown = /^Unknown option '(.+?)'/.exec(error.message)?.[1];
  if (!isParseError(error) || unknown === undefined) return error.message;
  const options = [...help.matchAll(/^ +(--[\w-]+)/gm)].flatMap(([, option]) => option ?? []);
  const meant = closest(unknown, options);
  const question = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `There is no option ${unknown}.${question} See stepwise help ${name}.`;
}

function overview(all: readonly Command[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Stepwise: Amazon States Language on the command line.\n\n${lines.join('\n')}\n\n'stepwise help COMMAND' tells more, 'stepwise --version' which version this is.\n`;
}

/** What `parseArgs` throws for unknown options and missing values. */
function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
