import { exitCode, UsageError, type Command, type Io } from './command.ts';
import { commands } from './commands/all.ts';

/** Runs `stepwise` with the arguments behind its name and gives the exit code. */
export async function stepwise(args: readonly string[], world: Io): Promise<number> {
  const [name = 'help', ...rest] = args;
  const command = commands.find(known => known.name === name);
  if (name === 'help' || name === '--help' || name === '-h') {
    const about = commands.find(known => known.name === rest[0]);
    world.out(about ? about.help : overview(commands));
    return exitCode.ok;
  }
  if (!command) {
    world.err(`stepwise: there is no command '${name}'. Try 'stepwise help'.\n`);
    return exitCode.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    world.out(command.help);
    return exitCode.ok;
  }
  try {
    return await command.run(rest, world);
  } catch (error) {
    if (!(error instanceof UsageError || isParseError(error))) throw error;
    world.err(`stepwise ${command.name}: ${error.message}\n`);
    return exitCode.usage;
  }
}

function overview(all: readonly Command[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Stepwise: Amazon States Language on the command line.\n\n${lines.join('\n')}\n\n'stepwise help COMMAND' tells more.\n`;
}

/** What `parseArgs` throws for unknown options and missing values. */
function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
