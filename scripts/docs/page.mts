import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '#test/host/paths.ts';

/**
 * Writes a generated page below the project's root, formatted as all Markdown is. With `--check` on the
 * command line it writes nothing, and fails when the page is not what it would be.
 */
export async function writePage(name: string, lines: readonly string[]): Promise<void> {
  const file = path.join(projectRoot, name);
  const text = await format(lines.join('\n'), { ...(await resolveConfig(file)), parser: 'markdown' });
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what it would be written as. Run: npm run docs`);
    process.exitCode = 1;
  }
}

/** The manifest with its texts in English. */
export function readManifest(): unknown {
  const strings = readJson('package.nls.json') as Readonly<Record<string, string>>;
  return localized(readJson('package.json'), strings);
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(projectRoot, name), 'utf8'));
}

function localized(value: unknown, strings: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/%([\w.-]+)%/g, (whole, key: string) => strings[key] ?? whole);
  if (Array.isArray(value)) return value.map(each => localized(each, strings));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, localized(member, strings)]),
  );
}
