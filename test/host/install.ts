import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError, onCleanup, runMain } from './cleanup.ts';
import { cacheRoot, nodeBinaryOf, nodeHomeIn, nodePackageName } from './paths.ts';
import { type RunOptions, run } from './process.ts';
import { type HostVersion, hostVersion } from './versions.ts';

/** An installed host, ready to be started. */
export interface InstalledHost {
  readonly version: HostVersion;
  readonly folder: string;
  readonly nodeBinary: string;
  /** code-server's entry script. */
  readonly entry: string;
  /** VS Code's own tree inside code-server. */
  readonly vscodeFolder: string;
}

/** Raise it when the steps below change, so that folders made by the old steps are made again. */
const recipe = 2;

/**
 * Installs a host from npm into the cache and says where it is.
 *
 * It takes about two minutes and 700 MB the first time, and nothing afterwards.
 * A run that was interrupted is taken up again; two runs at once wait for each other.
 */
export async function installHost(version: HostVersion): Promise<InstalledHost> {
  if (process.platform === 'win32') {
    throw new UserError('code-server does not run on Windows: use an installed VS Code, or WSL');
  }
  const folder = path.join(cacheRoot(), `code-server-${version.codeServer}-r${recipe}`);
  mkdirSync(folder, { recursive: true });
  const ready = path.join(folder, '.ready');
  if (!existsSync(ready)) {
    const unlock = await lock(folder);
    try {
      if (!existsSync(ready)) await installFromNpm(version, folder);
      writeFileSync(ready, '');
    } finally {
      await unlock();
    }
  }
  const codeServer = path.join(folder, 'node_modules/code-server');
  return {
    version,
    folder,
    nodeBinary: nodeBinaryOf(nodeHomeIn(folder)),
    entry: path.join(codeServer, 'out/node/entry.js'),
    vscodeFolder: path.join(codeServer, 'lib/vscode'),
  };
}

async function installFromNpm(version: HostVersion, folder: string): Promise<void> {
  console.log(`Installing VS Code ${version.vscode} (code-server ${version.codeServer}) into ${folder} …`);
  const output = { file: path.join(folder, 'install.log') };
  const quiet = ['--no-audit', '--no-fund'];
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(hostManifest(version), undefined, 2));
  // Scripts stay off: code-server's own would build every native module, Kerberos included.
  await run('npm', ['install', '--ignore-scripts', ...quiet], { cwd: folder, timeout: 10 * 60_000, output });

  const nodeHome = nodeHomeIn(folder);
  const vscodeFolder = path.join(folder, 'node_modules/code-server/lib/vscode');
  const env = {
    ...process.env,
    PATH: `${path.dirname(nodeBinaryOf(nodeHome))}${path.delimiter}${process.env['PATH']}`,
    npm_config_nodedir: nodeHome,
  };
  const inside = { cwd: vscodeFolder, env, timeout: 10 * 60_000, output };
  await run(
    'npm',
    // The lock file there disagrees with its package.json about peers.
    ['ci', '--legacy-peer-deps', '--omit=dev', '--omit=optional', '--ignore-scripts', ...quiet],
    inside,
  );
  if (version.ripgrep !== undefined) {
    const bin = path.join(vscodeFolder, 'node_modules/@vscode/ripgrep/bin');
    mkdirSync(bin, { recursive: true });
    copyFileSync(path.join(folder, 'node_modules', ripgrepPackage, 'bin/rg'), path.join(bin, 'rg'));
  }
  for (const name of version.editorModules) await buildIfPossible(name, inside);
  for (const name of version.serverModules) await buildIfPossible(name, { ...inside, cwd: folder });
}

async function buildIfPossible(name: string, options: RunOptions): Promise<void> {
  try {
    await run('npm', ['rebuild', name], options);
  } catch {
    // VS Code runs without most of them: only the server's log is missing, and it complains.
    console.log(`${name} could not be built (a C++ compiler and Python are needed); going on without it.`);
  }
}

function hostManifest(version: HostVersion): object {
  const watcher = `@parcel/watcher-${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`;
  return {
    private: true,
    dependencies: {
      'code-server': version.codeServer,
      [watcher]: version.watcher,
      ...(version.ripgrep !== undefined && { [ripgrepPackage]: version.ripgrep }),
      // It brings the binary and the headers, so that node-gyp needs no download.
      [nodePackageName()]: version.node,
    },
  };
}

const ripgrepPackage = `@vscode/ripgrep-${process.platform}-${process.arch}`;

/** Takes the folder's lock, waiting for another live process to give it back. */
async function lock(folder: string): Promise<() => Promise<void>> {
  const lockFile = path.join(folder, '.lock');
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return onCleanup(() => rmSync(lockFile, { force: true }));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (isAbandoned(lockFile)) rmSync(lockFile, { force: true });
    else await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

function isAbandoned(lockFile: string): boolean {
  try {
    const owner = Number(readFileSync(lockFile, 'utf8'));
    // A file without a number is being written just now, unless it stays so.
    if (!Number.isInteger(owner) || owner === 0) return Date.now() - statSync(lockFile).mtimeMs > 10_000;
    process.kill(owner, 0);
    return false;
  } catch {
    return true;
  }
}

if (import.meta.main) {
  await runMain(async () => {
    const installed = await installHost(hostVersion(process.argv[2]));
    console.log(`VS Code ${installed.version.vscode} is in ${installed.folder}`);
    return 0;
  });
}
