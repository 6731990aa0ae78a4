import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';

/** A package whose code is in our bundles. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression: `(MPL-2.0 OR Apache-2.0)`. */
  readonly licence: string;
}

/** Licences that ask for no more than to be passed on with the code. Another one fails the build. */
const allowedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
]);

/**
 * The licences of all packages whose code went into the bundles, as one document.
 *
 * Fails with the names of packages whose licence is not among those that we accept.
 */
export async function thirdPartyNotices(
  projectRoot: string,
  metafiles: readonly Metafile[],
): Promise<string> {
  const bundled = metafiles.flatMap(inputsInOutput).flatMap(packageFolder);
  const folders = new Set([...portedFrom, ...bundled]);
  const notices = await Promise.all([...folders].map(folder => notice(path.join(projectRoot, folder))));
  const complaints = notices.flatMap(({ complaint }) => complaint ?? []);
  if (complaints.length > 0) throw new Error(complaints.toSorted().join('\n'));
  const texts = notices.map(({ text }) => text).toSorted();
  return `Stepwise contains code of the following packages.\n\n${texts.join('\n')}`;
}

/** Reads the packages back out of the document. */
export function packagesIn(notices: string): readonly BundledPackage[] {
  const headings = notices.matchAll(/^={80}\n(\S+) (\S+) \((.+)\)\n-{80}$/gm);
  return [...headings].map(([, name = '', version = '', licence = '']) => ({ name, version, licence }));
}

/** Our JSONata follows the package's grammar and picture strings and has its texts, though no file of it. */
const portedFrom = ['node_modules/jsonata'];

/** The files of which something is left in the output; others were only looked at. */
function inputsInOutput({ outputs }: Metafile): readonly string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  );
}

/** `node_modules/@scope/name` for an input file inside a package; nothing for our own files. */
function packageFolder(input: string): readonly string[] {
  const match = /^(?:[^:]*:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match?.[1] === undefined ? [] : [match[1]];
}

async function notice(folder: string): Promise<{ readonly text: string; readonly complaint?: string }> {
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifest as { name: string; version: string; license?: unknown };
  const licenceFile = globSync('{LICEN[CS]E,licen[cs]e,License,COPYING}*', { cwd: folder }).toSorted()[0];
  const licenceText =
    licenceFile === undefined
      ? 'The package names its licence and carries no text of it.'
      : (await readFile(path.join(folder, licenceFile), 'utf8')).trim();
  const licence = typeof license === 'string' ? license : licenceNamedIn(licenceText);
  const text = `${'='.repeat(80)}\n${name} ${version} (${licence})\n${'-'.repeat(80)}\n${licenceText}\n`;
  return isAllowed(licence)
    ? { text }
    : { text, complaint: `${name} has the licence ${licence}, which is not among those that may be bundled` };
}

/** Some packages say in their text alone what they are under. */
function licenceNamedIn(text: string): string {
  return /^(?:The )?MIT Licen[sc]e/i.test(text) ? 'MIT' : 'unknown';
}

/** Of alternatives one must be allowed, of licences that hold together all. */
function isAllowed(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some(alternative => alternative.split(' AND ').every(licence => allowedLicences.has(licence.trim())));
}
