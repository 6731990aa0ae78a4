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

const rounds = 10;

/** What a day of work leaves behind in the extension host, and what happens when a debug worker dies. */
export function leaksSpec(): void {
  describe('leaks', () => {
    it(`opening and closing graph and debugger ${rounds} times leaves nothing running and memory flat`, async () => {
      const uri = workspaceFile('user-registration/user-registration.asl.json');
      await vscode.window.showTextDocument(uri);
      // What is made once and kept is made before the first look.
      for (let round = 0; round < 2; round++) await openAndClose(uri);
      const before = await measure();
      for (let round = 0; round < rounds; round++) await openAndClose(uri);
      const after = await eventually(measure, ({ children, threads }) => {
        return children <= before.children && threads <= before.threads;
      });
      const growth = (after.heap - before.heap) / rounds / 1024;
      console.log(
        `[test]      after ${rounds} rounds: ${after.children} processes, ${after.threads} threads, ${growth.toFixed(0)} KiB of heap more a round`,
      );
      assert(growth < 200, `memory is flat: ${growth.toFixed(0)} KiB a round`);
    }).timeout(120_000);
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

async function openAndClose(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('stepwise.showGraph', uri);
  await eventually(graphTabs, tabs => tabs.length === 1);
  const beside = (name: string): string => vscode.Uri.joinPath(uri, '..', name).fsPath;
  const launch = {
    type: 'asl',
    request: 'launch',
    name: 'leak test',
    program: uri.fsPath,
    inputFile: beside('input.json'),
    mockFile: beside('MockConfigFile.json'),
    testCase: 'Registered',
  };
  const ended = new Promise<void>(resolve => {
    const listening = vscode.debug.onDidTerminateDebugSession(() => {
      listening.dispose();
      resolve();
    });
  });
  assert(await vscode.debug.startDebugging(undefined, launch), 'the session starts');
  await ended;
  await vscode.window.tabGroups.close(graphTabs());
  await eventually(graphTabs, tabs => tabs.length === 0);
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
  return { children: childProcesses(), threads: threads(), heap: process.memoryUsage().heapUsed };
}

function childProcesses(): number {
  const parents = execFileSync('ps', ['-A', '-o', 'ppid=,comm='], { encoding: 'utf8' }).split('\n');
  return parents.filter(line => Number.parseInt(line, 10) === process.pid && !/\bps$/.test(line)).length;
}

/** Where the system tells; elsewhere workers are seen in the heap alone. */
function threads(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0;
}
