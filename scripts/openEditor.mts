/**
 * Builds, then opens VS Code on the examples with the extension loaded and the graph showing.
 *
 *   node scripts/openEditor.mts [--browser] [--port NUMBER]
 *
 * An installed desktop VS Code is preferred. Without one, or with `--browser`, VS Code's server build is
 * served on 127.0.0.1 until Ctrl+C.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError, onCleanup, runMain } from '#test/host/cleanup.ts';
import { startCodeServer } from '#test/host/codeServer.ts';
import { installHost } from '#test/host/install.ts';
import { projectRoot } from '#test/host/paths.ts';
import { hostVersion } from '#test/host/versions.ts';

const examples = path.join(projectRoot, 'examples');
const startPage = path.join(projectRoot, 'scripts/startPage');

await runMain(async () => {
  const args = process.argv.slice(2);
  build();
  const desktop = args.includes('--browser') ? undefined : desktopEditor();
  return desktop === undefined ? await serve(portIn(args)) : await openDesktop(desktop);
});

function build(): void {
  console.log('Building …');
  const { status } = spawnSync(process.execPath, ['scripts/build.mts'], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  if (status !== 0) throw new UserError('The build failed');
}

/** The `code` command of an installed VS Code that can show a window here. */
function desktopEditor(): string | undefined {
  const isScreenless =
    process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  // VS Code refuses to start for root without further arguments, and rightly so.
  if (isScreenless || process.getuid?.() === 0) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).map(folder => path.join(folder, name));
  const onMac = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
  return [...onPath, onMac].find(file => existsSync(file));
}

async function openDesktop(editor: string): Promise<number> {
  console.log(`Opening ${editor} on ${examples}`);
  const args = [
    `--extensionDevelopmentPath=${projectRoot}`,
    `--extensionDevelopmentPath=${startPage}`,
    '--new-window',
    examples,
  ];
  const child = spawn(editor, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

async function serve(port: number | undefined): Promise<number> {
  const host = await installHost(hostVersion('newest'));
  const server = await startCodeServer(host, {
    extensions: [projectRoot, startPage].map(folder => ({ kind: 'unpacked', folder })),
    ...(port === undefined ? {} : { port }),
  });
  console.log(`\nVS Code ${host.version.vscode} with Stepwise: ${server.urlOf(examples)}\nCtrl+C ends it.`);
  return await new Promise<number>(resolve => {
    onCleanup(() => resolve(0));
  });
}

function portIn(args: readonly string[]): number | undefined {
  if (!args.includes('--port')) return undefined;
  const port = Number(args[args.indexOf('--port') + 1]);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UserError('--port needs a number from 1 to 65535');
  return port;
}
