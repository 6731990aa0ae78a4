import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '#test/host/paths.ts';

/** A place in a file, line and column counted from one as VS Code shows them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place right after the first occurrence of a text in an example. */
export function placeAfter(example: string, text: string): Place {
  const [file] = globSync(`examples/*/${example}`, { cwd: projectRoot });
  if (file === undefined) throw new Error(`There is no example ${example}`);
  const content = readFileSync(path.join(projectRoot, file), 'utf8');
  const offset = content.indexOf(text);
  if (offset < 0) throw new Error(`${file} does not contain ${text}`);
  const before = content.slice(0, offset + text.length).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** The line, counted from one, on which an example contains a text for the first time. */
export function lineOf(example: string, text: string): number {
  return placeAfter(example, text).line;
}
