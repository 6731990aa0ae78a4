import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '#test/host/paths.ts';

/** The line, counted from one, on which an example contains a text for the first time. */
export function lineOf(example: string, text: string): number {
  const [file] = globSync(`examples/*/${example}`, { cwd: projectRoot });
  if (file === undefined) throw new Error(`There is no example ${example}`);
  const lines = readFileSync(path.join(projectRoot, file), 'utf8').split('\n');
  const index = lines.findIndex(line => line.includes(text));
  if (index < 0) throw new Error(`${file} does not contain ${text}`);
  return index + 1;
}
