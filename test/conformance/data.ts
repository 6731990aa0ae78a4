import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the recorded cases are: `STEPWISE_DATA`, or `../shared/data` beside the project. */
export const dataFolder = resolve(
  process.env['STEPWISE_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data'),
);

export function hasData(...path: readonly string[]): boolean {
  return existsSync(join(dataFolder, ...path));
}

export function readData(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(dataFolder, ...path), 'utf8'));
}

export function filesIn(...path: readonly string[]): readonly string[] {
  return readdirSync(join(dataFolder, ...path)).toSorted();
}

/** The comparator that comes with the recordings. */
export async function comparator(): Promise<Comparator> {
  return (await import(pathToFileURL(join(dataFolder, 'executions', 'compare.mjs')).href)) as Comparator;
}

export interface Comparator {
  readonly compareCase: (of: {
    readonly case: unknown;
    readonly actualResult?: unknown;
    readonly actualEvents?: readonly unknown[];
    readonly jsonStrings?: boolean;
  }) => Compared;
  readonly compareTestState: (of: { readonly case: unknown; readonly actual: unknown }) => Compared;
  readonly makeTaskMock: (of: unknown) => TaskMock;
}

export type TaskMock = (
  state: string,
  call: { readonly parameters: unknown; readonly path: readonly unknown[] },
) => RecordedTask | undefined;

export interface Compared {
  readonly id: string;
  readonly levels: {
    readonly [level: string]: { readonly pass: boolean | null; readonly diffs: readonly string[] };
  };
}

/** What a task came to on AWS. */
export interface RecordedTask {
  readonly return?: unknown;
  readonly throw?: { readonly error?: string; readonly cause?: string; readonly as?: string };
  readonly submitted?: unknown;
  readonly workerName?: string;
}

/** How many cases of a level passed. */
export interface Tally {
  passed: number;
  of: number;
}

/** Counts levels, and remembers the first difference of each case that failed. */
export class Score {
  readonly levels: { [level: string]: Tally } = {};
  readonly failures: string[] = [];

  add({ id, levels }: Compared): void {
    for (const [level, { pass, diffs }] of Object.entries(levels)) {
      if (pass === null) continue;
      const tally = (this.levels[level] ??= { passed: 0, of: 0 });
      tally.of++;
      if (pass) tally.passed++;
      else this.failures.push(`${level} ${id}: ${diffs.slice(0, 3).join('\n      ')}`);
    }
  }
}
