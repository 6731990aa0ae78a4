import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { onCleanup } from './cleanup.ts';
import type { InstalledHost } from './install.ts';
import { temporaryRoot } from './paths.ts';
import { killGroup, lastLines, run } from './process.ts';
import { makeProfile } from './profile.ts';

/** An extension to have in the editor from the start. */
export type Extension =
  | { readonly kind: 'packaged'; readonly vsix: string }
  /** A folder with a package.json, as it is. */
  | { readonly kind: 'unpacked'; readonly folder: string };

/** What may differ from one started host to the next. */
export interface HostOptions {
  readonly extensions?: readonly Extension[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host and the processes that it starts. */
  readonly env?: Readonly<Record<string, string>>;
  /** `asked` starts every folder restricted, until the user trusts it. */
  readonly trust?: 'always' | 'asked';
  /** A free one is taken when absent. */
  readonly port?: number;
}

/** VS Code's server, running. */
export interface CodeServer {
  readonly baseUrl: string;
  readonly processId: number;
  /** Settings, extensions and logs of this host alone; gone after `stop`. */
  readonly home: string;
  readonly log: string;
  /** The page that shows a folder in a workbench. */
  urlOf(folder: string): string;
  stop(): Promise<void>;
}

/** Starts a host with an empty profile and waits until it answers. */
export async function startCodeServer(host: InstalledHost, options: HostOptions = {}): Promise<CodeServer> {
  const home = mkdtempSync(path.join(temporaryRoot, 'stepwise-host-'));
  const removeHome = onCleanup(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  const profile = makeProfile(home, options.settings);
  const env = environment(home, options.env ?? {});
  const log = path.join(home, 'server.log');

  for (const extension of options.extensions ?? []) {
    if (extension.kind === 'unpacked') linkExtension(profile.extensions, extension.folder);
    else {
      const args = [host.entry, ...profile.args, '--install-extension', extension.vsix];
      await run(host.nodeBinary, args, { env, timeout: 60_000, output: { file: log } });
    }
  }

  const port = options.port ?? (await freePort());
  const output = openSync(log, 'a');
  const child = spawn(
    host.nodeBinary,
    [host.entry, ...profile.args, ...serverArguments(port, options.trust ?? 'always')],
    {
      env,
      stdio: ['ignore', output, output],
      detached: true,
    },
  );
  closeSync(output);
  const endProcess = onCleanup(() => killGroup(child));
  const stop = async (): Promise<void> => {
    await endProcess();
    await removeHome();
  };

  const baseUrl = `http://127.0.0.1:${port}`;
  await waitUntilHealthy(child, baseUrl, log);
  return {
    baseUrl,
    processId: child.pid ?? 0,
    home,
    log,
    urlOf: folder => `${baseUrl}/?folder=${encodeURI(folder)}`,
    stop,
  };
}

/** A TCP port on the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

function serverArguments(port: number, trust: 'always' | 'asked'): readonly string[] {
  return [
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(trust === 'always' ? ['--disable-workspace-trust'] : []),
  ];
}

/** VS Code takes any folder in its extensions folder for installed when it starts for the first time. */
function linkExtension(extensions: string, folder: string): void {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { publisher, name, version } = manifest as Record<'publisher' | 'name' | 'version', string>;
  symlinkSync(folder, path.join(extensions, `${publisher}.${name}-${version}`), 'dir');
}

function environment(home: string, extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    // Otherwise code-server writes into the home folder.
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'),
    // No gallery: nothing is asked of the network.
    EXTENSIONS_GALLERY: '{}',
    ...extra,
  };
  // Left by an editor that we were started from.
  delete env['NODE_OPTIONS'];
  delete env['VSCODE_IPC_HOOK_CLI'];
  return env;
}

async function waitUntilHealthy(child: ChildProcess, baseUrl: string, log: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const healthy = await fetch(`${baseUrl}/healthz`).then(
      response => response.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`VS Code's server did not start:\n${lastLines(log, 30)}`);
}
