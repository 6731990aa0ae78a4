/**
 * Makes the one .vsix for desktop and web, and refuses it when it holds what it should not.
 *
 *   node scripts/package.mts [--built]
 *
 * `--built` takes the bundles in dist/ as they are: a production build has just been made.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { PackageManager, createVSIX, listFiles } from '@vscode/vsce';
import { UserError, runMain } from '#test/host/cleanup.ts';
import { packageFile, projectRoot } from '#test/host/paths.ts';

const sizeLimit = 3 * 1024 * 1024;

await runMain(async () => {
  // Nobody shall test an older package when this fails.
  rmSync(packageFile, { force: true });
  if (!process.argv.includes('--built')) buildForProduction();

  const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
  const complaints = [...unwanted(files), ...missing(files)];
  if (complaints.length > 0) throw new UserError(complaints.join('\n'));

  mkdirSync(path.dirname(packageFile), { recursive: true });
  await createVSIX({
    cwd: projectRoot,
    packagePath: packageFile,
    dependencies: false,
    allowMissingRepository: true,
    // They would be made to point into a repository; those of the readme work beside the package.
    rewriteRelativeLinks: false,
  });

  const { size } = statSync(packageFile);
  console.log(
    `${path.relative(projectRoot, packageFile)}: ${files.length} files, ${(size / 1024).toFixed(0)} KiB`,
  );
  if (size > sizeLimit) throw new UserError(`The package must not be larger than ${sizeLimit / 1024} KiB`);
  return 0;
});

function buildForProduction(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.mts', '--production'], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  if (status !== 0) throw new UserError('The build failed');
}

/** Files that serve us and not the user. */
function unwanted(files: readonly string[]): readonly string[] {
  const forbidden = /\.map$|\.tsx?$|\.mts$|(?:^|\/)tests?\/|(?:^|\/)node_modules\//;
  return files.filter(file => forbidden.test(file)).map(file => `${file} must not be in the package`);
}

/** Files that the manifest names: without them VS Code would fail when a user gets there. */
function missing(files: readonly string[]): readonly string[] {
  const manifest: unknown = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  const { main, browser, icon, l10n, contributes } = manifest as Record<string, unknown>;
  const named = new Set([main, browser, icon, l10n, ...pathsIn(contributes)].filter(isString).map(normalize));
  // VS Code adds `.js` to an entry point, and a folder stands for the files below it.
  const isPresent = (name: string): boolean =>
    files.some(file => file === name || file === `${name}.js` || file.startsWith(`${name}/`));
  return [...named]
    .filter(name => !isPresent(name))
    .map(name => `package.json names ${name}, which is not in the package`);
}

/** All strings in a JSON value that are relative paths (`./…`), and Markdown or pictures of a walkthrough. */
function pathsIn(value: unknown): readonly string[] {
  if (isString(value)) return /^\.\/|^[\w./-]+\.(?:svg|png|md)$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

function normalize(file: string): string {
  return path.posix.normalize(file);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
