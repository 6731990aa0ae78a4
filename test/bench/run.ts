import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs every `bench/*.bench.ts` of every layer, each in a process of its own, one after the other.
 * `npm run bench -- execution` runs those whose names hold one of the words.
 */
const root = join(import.meta.dirname, '..', '..');
const words = process.argv.slice(2);

const files = readdirSync(root, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && existsSync(join(root, entry.name, 'bench')))
  .flatMap(({ name }) => readdirSync(join(root, name, 'bench')).map(file => join(name, 'bench', file)))
  .filter(file => file.endsWith('.bench.ts'))
  .filter(file => words.length === 0 || words.some(word => file.includes(word)))
  .toSorted();

for (const file of files) {
  console.log(`\n${file}`);
  const { status } = spawnSync(process.execPath, [join(root, file)], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
