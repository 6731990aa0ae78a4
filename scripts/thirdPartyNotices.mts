import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';

/** The licence texts of all packages whose code went into the bundles, as one document. */
export async function thirdPartyNotices(
  projectRoot: string,
  metafiles: readonly Metafile[],
): Promise<string> {
  const bundled = metafiles.flatMap(metafile => Object.keys(metafile.inputs).flatMap(packageFolder));
  const folders = new Set([...portedFrom, ...bundled]);
  const notices = await Promise.all([...folders].map(folder => notice(path.join(projectRoot, folder))));
  return `Stepwise contains code of the following packages.\n\n${notices.toSorted().join('\n')}`;
}

/** Our JSONata follows the package's grammar and picture strings and has its texts, though no file of it. */
const portedFrom = ['node_modules/jsonata'];

/** `node_modules/@scope/name` for an input file inside a package; nothing for our own files. */
function packageFolder(input: string): readonly string[] {
  const match = /^(?:[^:]*:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match?.[1] === undefined ? [] : [match[1]];
}

async function notice(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifest as { name: string; version: string; license?: unknown };
  const licenceFile = globSync('{LICEN[CS]E,licen[cs]e,License,COPYING}*', { cwd: folder }).toSorted()[0];
  const text =
    licenceFile === undefined
      ? 'The package carries no licence text.\n'
      : await readFile(path.join(folder, licenceFile), 'utf8');
  return `${'='.repeat(80)}\n${name} ${version} (${String(license)})\n${'-'.repeat(80)}\n${text.trim()}\n`;
}
