import type { Folder } from './folder.ts';

/** One command of `stepwise`; each lives in its own file in `commands/`. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** The whole help text. */
  readonly help: string;
  /** Returns the exit code; throws a `UsageError` for wrong arguments. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** The world of a command; tests give another one. */
export interface Io {
  /** Results: what another program may read. */
  out(text: string): void;
  /** Progress and messages for people. */
  err(text: string): void;
  /** Reads a file, or standard input for `-`. Rejects with a message that names the file. */
  read(path: string): Promise<string>;
  /** Opens a folder that stands for a bucket. Rejects with a `UsageError` where there is none. */
  folder(path: string): Promise<Folder>;
  readonly isTerminal: boolean;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Arguments that a command cannot make sense of, or files that it cannot use. Ends with exit code 2. */
export class UsageError extends Error {}

/** The one file that a command works on. */
export function oneFile(positionals: readonly string[], command: string): string {
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError(`Name one FILE. See stepwise help ${command}.`);
  if (others.length === 0) return file;
  throw new UsageError(`Name one FILE, not ${positionals.join(' and ')}. See stepwise help ${command}.`);
}

/** Exit codes of all commands. */
export const exitCode = { ok: 0, found: 1, usage: 2 } as const;
