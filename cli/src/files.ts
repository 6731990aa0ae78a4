import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { configurationFile, readConfiguration, type Configuration } from '#core/analysis/configuration.ts';
import { readJson } from '#core/syntax/readJson.ts';
import { inWords } from '#core/text/message.ts';
import { formatOf, type Format } from '#core/text/source.ts';
import type { TextFile } from '#interpreter/prepare.ts';
import { UsageError, type Io } from './command.ts';

/** File names that say by themselves that they are definitions. */
const definitionName = /\.asl(?:\.json|\.ya?ml)?$/i;

/** Whether the name says that the file is a state machine; other files are looked into. */
export function isDefinitionName(name: string): boolean {
  return definitionName.test(name);
}

/**
 * The files that arguments name: files as they are, the wanted ones in folders (definitions: `*.asl.json` …), and
 * what glob patterns match. Folders that begin with a dot and `node_modules` are left out.
 */
export async function expandFiles(
  given: readonly string[],
  ignore: readonly string[],
  isWanted: (name: string) => boolean = isDefinitionName,
): Promise<string[]> {
  const isIgnored = matcher(ignore);
  const found = new Set<string>();
  for (const name of given) {
    if (name === '-' || existsSync(name) ? !isFolder(name) : !/[*?[\]{}]/.test(name)) found.add(name);
    else if (isFolder(name)) {
      for await (const file of filesBelow(name)) if (isWanted(file)) found.add(file);
    } else {
      const matches = matcher([name]);
      const before = found.size;
      for await (const file of filesBelow(baseOf(name))) if (matches(file)) found.add(file);
      if (found.size === before) throw new UsageError(`No file matches ${name}`);
    }
  }
  return [...found].filter(name => name === '-' || !isIgnored(name));
}

function isFolder(name: string): boolean {
  return name !== '-' && existsSync(name) && statSync(name).isDirectory();
}

/** The folder that a pattern begins with: `src` of `src/*.json`. */
function baseOf(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(part => /[*?[\]{}]/.test(part));
  return parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.posix.join(folder, entry.name);
    if (entry.isFile()) yield name;
    else if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
      yield* filesBelow(name);
    }
  }
}

/** Whether one of the glob patterns matches a path: `*`, `?`, `**`, `{a,b}` and `[abc]`. */
export function matcher(patterns: readonly string[]): (file: string) => boolean {
  const expressions = patterns.map(pattern => new RegExp(`^${translated(pattern.replace(/^\.\//, ''))}$`));
  return file => {
    const name = file.replaceAll('\\', '/').replace(/^\.\//, '');
    return expressions.some(expression => expression.test(name));
  };
}

function translated(pattern: string): string {
  return pattern.replace(/\*\*\/|\*\*|\*|\?|\{|\}|,|[.+^$()|\\]/g, (sign, at: number) => {
    switch (sign) {
      case '**/':
        return '(?:.*/)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      case '{':
        return '(?:';
      case '}':
        return ')';
      case ',':
        return pattern.lastIndexOf('{', at) > pattern.lastIndexOf('}', at) ? '|' : ',';
      default:
        return `\\${sign}`;
    }
  });
}

/** The configuration in the folder or the nearest one around it; a file that cannot be understood is a usage error. */
export function loadConfiguration(folder: string, named: string | undefined): Configuration {
  const file = named ?? nearestConfiguration(folder);
  if (file === undefined) return readConfiguration({}).configuration;
  const { configuration, problems } = readConfiguration(jsonIn(file, configurationText(file)));
  if (problems.length > 0) throw new UsageError(`${file}: ${problems.join(' ')}`);
  return configuration;
}

function configurationText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`);
  }
}

/** The value of a file's text; what is no JSON is a usage error that names the place. */
export function jsonIn(file: string, text: string): unknown {
  const reading = readJson(text);
  if (reading.kind === 'read') return reading.value;
  const { line, column, message } = reading.problem;
  throw new UsageError(`${file}, line ${line}, column ${column}: ${inWords(message)}`);
}

/** Why a file cannot be read, in words without the system's codes where they are known. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'there is no such file';
  if ('code' in error && error.code === 'EISDIR') return 'it is a folder';
  if ('code' in error && error.code === 'EACCES') return 'that is not permitted';
  if ('code' in error && error.code === 'ENOSPC') return 'there is no space left';
  return error.message;
}

function nearestConfiguration(folder: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = path.join(at, configurationFile);
    if (existsSync(file)) return file;
    if (at === path.dirname(at)) return undefined;
  }
}

/**
 * Reads one of the product's own files: beside the bundle in `dist/`, or at the root when the sources run. By what
 * name the command was called does not matter: npm installs a link to it.
 */
export function readAsset(name: string): string | undefined {
  for (const up of ['../assets', '../../assets']) {
    const file = path.join(import.meta.dirname, up, name);
    if (existsSync(file)) return readFileSync(file, 'utf8');
  }
  return undefined;
}

/** Which version of Stepwise this is. */
export function version(): string {
  const { version } = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { readonly version: string };
  return version;
}

/** The text of a file. What is no UTF-8 would be taken for a broken definition, far from what is wrong with it. */
export function textOf(name: string, bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff')
    throw new UsageError(`${name} cannot be read: it is UTF-16. Save it as UTF-8.`);
  if (bytes.includes(0)) throw new UsageError(`${name} cannot be read: it is no text`);
  return bytes.toString('utf8');
}

/** By the name; standard input and files without an ending by their first character. */
export function formatIn(name: string, text: string): Format {
  if (/\.(?:json|ya?ml|asl|template)$/i.test(name)) return formatOf(name);
  return /^\uFEFF?\s*(?:[{[]|$)/.test(text) ? 'json' : 'yaml';
}

/** The definition in a file or in standard input, which gets a name that tells JSON from YAML. */
export async function readDefinition(name: string, io: Pick<Io, 'read'>): Promise<TextFile> {
  const text = await io.read(name);
  return { path: name === '-' ? `stdin.${formatIn(name, text)}` : name, text };
}
