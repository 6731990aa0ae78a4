import { writeFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector/promises';
import * as vscode from 'vscode';

/** What activation costs the extension host's thread, in milliseconds of CPU. */
export interface Activation {
  /** Whether the extension slept until it was activated by us. */
  readonly wasAsleep: boolean;
  /** From `activate()` until it is done: all that the thread did, other work included. */
  readonly activation: number;
  /** From opening a definition until its outline is there: samples with a frame of ours on the stack. */
  readonly firstDefinition: number;
}

/** Called by VS Code's extension host. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('stepwise.stepwise');
  if (!extension) throw new Error('the extension is not installed');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('no folder is open');
  // A window that has something else open: JSON, but no definition.
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'user-registration/input.json'));
  await quiet();
  const wasAsleep = !extension.isActive;

  const before = process.threadCpuUsage();
  await extension.activate();
  const { user, system } = process.threadCpuUsage(before);

  const firstDefinition = await profiled(extension.extensionPath, async () => {
    const uri = vscode.Uri.joinPath(folder, 'user-registration/user-registration.asl.json');
    await vscode.window.showTextDocument(uri);
    while (((await outline(uri))?.length ?? 0) === 0) await new Promise(resolve => setTimeout(resolve, 20));
  });
  const measured: Activation = { wasAsleep, activation: (user + system) / 1000, firstDefinition };
  writeFileSync(process.env['STEPWISE_MEASURED'] ?? '', JSON.stringify(measured));
}

/** Waits until the other extensions of the window have started: they share the thread. */
async function quiet(): Promise<void> {
  for (let calm = 0; calm < 3;) {
    const before = process.threadCpuUsage();
    await new Promise(resolve => setTimeout(resolve, 500));
    const { user, system } = process.threadCpuUsage(before);
    calm = user + system < 10_000 ? calm + 1 : 0;
  }
}

function outline(uri: vscode.Uri): Thenable<readonly unknown[] | undefined> {
  return vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri);
}

/** Milliseconds in which a function of a folder was on the stack. */
async function profiled(folder: string, action: () => Promise<void>): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await action();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return timeIn(profile, folder);
}

function timeIn({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, folder: string): number {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const ours = new Set<number>();
  const mark = (id: number, isBelowOurs: boolean): void => {
    const node = byId.get(id);
    if (!node) return;
    const isOurs = isBelowOurs || node.callFrame.url.includes(folder);
    if (isOurs) ours.add(id);
    for (const child of node.children ?? []) mark(child, isOurs);
  };
  const [root] = nodes;
  if (root) mark(root.id, false);
  const microseconds = samples.reduce((sum, id, index) => {
    // A delta is the time before its sample; what a sample saw lasts until the next.
    return ours.has(id) ? sum + (timeDeltas[index + 1] ?? 0) : sum;
  }, 0);
  return microseconds / 1000;
}
