import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { onCleanup } from './cleanup.ts';

/** How a command is run to its end. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds; the command and its children are killed when they are over. */
  readonly timeout: number;
  /** `inherit` shows the output as it comes; a path writes it there, and its end is shown on failure. */
  readonly output: 'inherit' | { readonly file: string };
}

/** Runs a command to its end. Throws when it fails, is killed or takes too long. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<void> {
  const result = await runForCode(command, args, options);
  if (result.kind === 'exited' && result.code === 0) return;
  const why =
    result.kind === 'timeout' ? `took longer than ${options.timeout / 1000} s` : `exit code ${result.code}`;
  const tail = options.output === 'inherit' ? '' : `\n${lastLines(options.output.file, 30)}`;
  throw new Error(`${[command, ...args].join(' ')}: ${why}${tail}`);
}

/** How a command ended. */
export type Ended = { readonly kind: 'exited'; readonly code: number } | { readonly kind: 'timeout' };

/** Runs a command to its end and says how it ended. */
export async function runForCode(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Ended> {
  const log = options.output === 'inherit' ? undefined : openSync(options.output.file, 'a');
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', log ?? 'inherit', log ?? 'inherit'],
    // A group of its own, so that a timeout ends grandchildren as well.
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (log !== undefined) closeSync(log);
  const forget = onCleanup(() => killGroup(child));
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        resolve({ kind: 'exited', code: code ?? (signal === null ? 1 : 128) }),
      );
      timer = setTimeout(() => resolve({ kind: 'timeout' }), options.timeout);
    });
  } finally {
    clearTimeout(timer);
    await forget();
  }
}

/** Ends a child that leads its own process group, first politely, after five seconds by force. */
export async function killGroup(child: ChildProcess): Promise<void> {
  const group = child.pid;
  if (group === undefined) return;
  const signal = (name: NodeJS.Signals): boolean => {
    try {
      process.kill(process.platform === 'win32' ? group : -group, name);
      return true;
    } catch {
      // Nobody of the group is left, which is what we are after.
      return false;
    }
  };
  if (!signal('SIGTERM')) return;
  for (let waited = 0; waited < 5000; waited += 50) {
    await new Promise(resolve => setTimeout(resolve, 50));
    // Signal 0 only asks whether anybody is left.
    if (!isGroupAlive(group)) return;
  }
  signal('SIGKILL');
}

function isGroupAlive(group: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 0);
    return true;
  } catch {
    return false;
  }
}

/** The end of a log file, to show with a failure. */
export function lastLines(file: string, count: number): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
