import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { InstalledHost } from './install.ts';
import { packageFile } from './paths.ts';
import { run } from './process.ts';
import { temporaryFolder } from './workspace.ts';

/** The folder that VS Code makes of our package when it installs it. */
export async function unpackedPackage(host: InstalledHost): Promise<string> {
  const home = temporaryFolder('package');
  const extensions = path.join(home, 'extensions');
  const args = ['--user-data-dir', home, '--extensions-dir', extensions, '--install-extension', packageFile];
  const env = { ...process.env, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, EXTENSIONS_GALLERY: '{}' };
  const output = { file: path.join(home, 'install.log') };
  await run(host.nodeBinary, [host.entry, ...args], { env, timeout: 60_000, output });
  const name = readdirSync(extensions).find(entry => entry.startsWith('stepwise.stepwise-'));
  if (name === undefined) throw new Error(`${packageFile} was not installed`);
  return path.join(extensions, name);
}
