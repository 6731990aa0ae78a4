import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { WorkerAdapter } from '#client/debug/adapter.ts';
import { assert, assertEqual } from './assert.ts';
import { eventually, workspaceFile } from './editing.ts';

/** Each opens and closes all graphs and as many debug sessions, side by side. */
const batches = 10;
const rounds = 100;

/** What a day of work leaves behind in the extension host, and what happens when a debug worker dies. */
export function leaksSpec(): void {
  describe('leaks', () => {
    it(`opening and closing graph and debugger ${rounds} times leaves nothing running and memory flat`, async () => {
      const definitions = exampleDefinitions().slice(0, rounds / batches);
      assertEqual(definitions.length * batches, rounds);
      const files = await filesOf(definitions);
      // What is made once and kept is made before the first look.
      for (let batch = 0; batch < 2; batch++) await openAndCloseAll(definitions);
      const before = await measure();
      for (let batch = 0; batch < batches; batch++) await openAndCloseAll(definitions);
      const after = await eventually(
        measure,
        ({ children, threads, openFiles }) =>
          children <= before.children &&
          threads <= before.threads &&
          openFiles < before.openFiles + rounds / 10,
        30,
      );
      const growth = (after.heap - before.heap) / rounds / 1024;
      console.log(
        `[test]      after ${rounds} rounds: ${after.children} processes, ${after.threads} threads, ${after.openFiles} open files, ${growth.toFixed(0)} KiB of heap more a round`,
      );
      assert(growth < 50, `memory is flat: ${growth.toFixed(0)} KiB a round`);
      assertEqual(await filesOf(definitions), files);
    }).timeout(240_000);
  });

  describe('a debug worker that dies', () => {
    it('ends its session with a reason', async () => {
      const extension = vscode.extensions.getExtension('stepwise.stepwise');
      assert(extension, 'the extension is installed');
      const worker = new Worker(path.join(extension.extensionPath, 'dist/debugger/main.thread.node.js'));
      const log = vscode.window.createOutputChannel('a debug worker that dies', { log: true });
      const adapter = new WorkerAdapter(
        {
          post: message => worker.postMessage(message),
          onMessage: receive => worker.on('message', receive),
          onError: receive => worker.on('exit', receive),
          terminate: () => void worker.terminate(),
        },
        log,
        { show: () => undefined, keeps: () => false, lost: () => undefined },
      );
      const messages: { event?: string; body?: { output?: string } }[] = [];
      adapter.onDidSendMessage(message => messages.push(message as object));
      await worker.terminate();
      await eventually(
        () => messages.map(({ event }) => event),
        events => events.includes('terminated'),
      );
      assertEqual(
        messages.map(({ event }) => event),
        ['output', 'terminated'],
      );
      assert(messages[0]?.body?.output?.includes('ended unexpectedly'), 'the reason is told');
      adapter.dispose();
      log.dispose();
    });
  });
}

/** In JSON and YAML. */
function exampleDefinitions(): readonly vscode.Uri[] {
  const names = [
    'data-pipeline',
    'hello-world',
    'human-approval',
    'order-processing',
    'parallel-fan-out',
    'user-registration',
  ];
  return names.flatMap(name =>
    ['json', 'yaml'].map(format => workspaceFile(`${name}/${name}.asl.${format}`)),
  );
}

/** The names of all files beside the definitions. */
async function filesOf(definitions: readonly vscode.Uri[]): Promise<readonly string[]> {
  const folders = new Set(definitions.map(uri => vscode.Uri.joinPath(uri, '..').toString()));
  const lists = await Promise.all(
    [...folders].map(async folder => {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(folder));
      return entries.map(([name]) => `${folder}/${name}`);
    }),
  );
  return lists.flat().toSorted();
}

async function openAndCloseAll(definitions: readonly vscode.Uri[]): Promise<void> {
  for (const uri of definitions) await vscode.commands.executeCommand('stepwise.showGraph', uri);
  await eventually(graphTabs, tabs => tabs.length === definitions.length, 30);
  await Promise.all(definitions.map((_, index) => debugToTheEnd(`leak test ${index}`)));
  await vscode.window.tabGroups.close(graphTabs());
  await eventually(graphTabs, tabs => tabs.length === 0, 30);
}

/** Runs an execution in the debugger; sessions of one name are not run side by side. */
async function debugToTheEnd(name: string): Promise<void> {
  const folder = workspaceFile('user-registration');
  const inFolder = (file: string): string => vscode.Uri.joinPath(folder, file).fsPath;
  const ended = new Promise<void>(resolve => {
    const listening = vscode.debug.onDidTerminateDebugSession(session => {
      if (session.name !== name) return;
      listening.dispose();
      resolve();
    });
  });
  const launch = {
    type: 'asl',
    request: 'launch',
    name,
    program: inFolder('user-registration.asl.json'),
    inputFile: inFolder('input.json'),
    mockFile: inFolder('MockConfigFile.json'),
    testCase: 'Registered',
  };
  const quietly = { suppressDebugView: true, suppressDebugToolbar: true, suppressSaveBeforeStart: true };
  assert(await vscode.debug.startDebugging(undefined, launch, quietly), 'the session starts');
  await ended;
}

function graphTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('stepwise.graph'),
    );
}

interface Measured {
  /** Processes that the extension host started. */
  readonly children: number;
  readonly threads: number;
  /** Files, pipes and sockets. */
  readonly openFiles: number;
  /** Bytes. */
  readonly heap: number;
}

async function measure(): Promise<Measured> {
  // The host is not started with this flag.
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times++) {
    collect();
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return {
    children: childProcesses(),
    threads: entriesOf('/proc/self/task'),
    openFiles: entriesOf('/proc/self/fd'),
    heap: process.memoryUsage().heapUsed,
  };
}

function childProcesses(): number {
  const parents = execFileSync('ps', ['-A', '-o', 'ppid=,comm='], { encoding: 'utf8' }).split('\n');
  return parents.filter(line => Number.parseInt(line, 10) === process.pid && !/\bps$/.test(line)).length;
}

/** Where the system tells; elsewhere what is left is seen in the heap alone. */
function entriesOf(folder: string): number {
  return process.platform === 'linux' ? readdirSync(folder).length : 0;
}
