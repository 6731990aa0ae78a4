import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './cleanup.ts';
import type { InstalledHost } from './install.ts';
import { packageFile } from './paths.ts';
import { run } from './process.ts';
import { temporaryFolder } from './workspace.ts';

/** The packaged extension, which must have been built before. */
export function builtPackage(): string {
  if (!existsSync(packageFile)) throw new UserError(`There is no ${packageFile}: npm run package makes it`);
  return packageFile;
}

/** The folder that VS Code makes of our package when it installs it. */
export async function unpackedPackage(host: InstalledHost): Promise<string> {
  const home = temporaryFolder('package');
  const extensions = path.join(home, 'extensions');
  const args = [
    '--user-data-dir',
    home,
    '--extensions-dir',
    extensions,
    '--install-extension',
    builtPackage(),
  ];
  const env = { ...process.env, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, EXTENSIONS_GALLERY: '{}' };
  const output = { file: path.join(home, 'install.log') };
  await run(host.nodeBinary, [host.entry, ...args], { env, timeout: 60_000, output });
  const name = readdirSync(extensions).find(entry => entry.startsWith('stepwise.stepwise-'));
  if (name === undefined) throw new Error(`${packageFile} was not installed`);
  return path.join(extensions, name);
}
