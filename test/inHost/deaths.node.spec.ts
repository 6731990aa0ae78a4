import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { WorkerAdapter } from '#client/debug/adapter.ts';
import { assert, assertEqual } from './assert.ts';
import { definition, eventually, positionOf, workspaceFile } from './editing.ts';

/** As many as the server is started again after; `death.spec.ts` of the end-to-end tests looks at the next. */
const serverDeaths = 4;
const adapterDeaths = 20;

/** What becomes of the user's work when a process of ours is killed, wherever it stands. The points are the same in each run. */
export function deathsSpec(): void {
  describe('killed at random points', () => {
    it(`the language server comes back ${serverDeaths} times, and knows the documents as they are`, async () => {
      const random = randomNumbers(20_261_121);
      for (let death = 0; death < serverDeaths; death++) {
        const document = await definition(leadingTo(`Before ${death}`));
        await vscode.window.showTextDocument(document);
        const killed = await eventually(languageServers, ids => ids.length === 1, 30);
        // So many questions are answered, and the next ones never are.
        for (let asked = Math.floor(random() * 4); asked > 0; asked--) await complete(document);
        const unanswered = [complete(document), complete(document)];
        if (random() < 0.5) await change(document, `Lost ${death}`);
        for (const id of killed) process.kill(id, 'SIGKILL');
        // Typed while nobody listens.
        if (random() < 0.5) await change(document, `Unheard ${death}`);
        await Promise.allSettled(unanswered);
        await eventually(languageServers, ids => ids.length === 1 && ids[0] !== killed[0], 30);
        await change(document, `After ${death}`);
        await eventually(
          () => vscode.languages.getDiagnostics(document.uri).map(({ message }) => message),
          messages => messages.some(message => message.includes(`After ${death}`)),
          30,
        );
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }).timeout(240_000);

    it(`the debugger ends its session with a reason, ${adapterDeaths} times`, async () => {
      const random = randomNumbers(7);
      // One for all: VS Code may give a closed one again to who asks for the same name at once.
      const log = vscode.window.createOutputChannel('debug workers that are killed', { log: true });
      for (let death = 0; death < adapterDeaths; death++) {
        const heard = await killedAfter(Math.floor(random() * 14), log);
        assertEqual(heard.filter(event => event === 'terminated').length, 1);
        assertEqual(heard.at(-1), 'terminated');
        assertEqual(heard.at(-2), 'output');
      }
      log.dispose();
    });
  });
}

/** Debugs with a real worker that is killed after so many messages of its; the events that VS Code gets. */
async function killedAfter(messages: number, log: vscode.LogOutputChannel): Promise<readonly string[]> {
  const extension = vscode.extensions.getExtension('stepwise.stepwise');
  assert(extension, 'the extension is installed');
  const worker = new Worker(path.join(extension.extensionPath, 'dist/debugger/main.thread.node.js'));
  let received = 0;
  const adapter = new WorkerAdapter(
    {
      post: message => worker.postMessage(message),
      onMessage: receive =>
        worker.on('message', message => {
          receive(message);
          if (++received === messages) void worker.terminate();
        }),
      onError: receive => worker.on('exit', receive),
      terminate: () => void worker.terminate(),
    },
    log,
    { show: () => undefined, keeps: () => false, lost: () => undefined },
  );
  const heard: string[] = [];
  let isStopped = false;
  adapter.onDidSendMessage(message => {
    const { type, event } = message as { readonly type: string; readonly event?: string };
    if (type !== 'event' || event === undefined) return;
    heard.push(event);
    isStopped ||= event === 'stopped';
  });
  for (const [index, [command, args]] of conversation().entries())
    adapter.handleMessage({ seq: index + 1, type: 'request', command, arguments: args } as never);
  // Nothing of it is killed at once, and all of it where it has less to say than that.
  if (messages === 0) await worker.terminate();
  else if (messages > 8) {
    await eventually(
      () => isStopped || heard.includes('terminated'),
      isOver => isOver,
    );
    await worker.terminate();
  }
  await eventually(
    () => heard,
    events => events.includes('terminated'),
  );
  // Nobody is there any more: it is no error to ask.
  adapter.handleMessage({ seq: 99, type: 'request', command: 'threads' } as never);
  adapter.dispose();
  return heard;
}

function conversation(): readonly (readonly [string, object])[] {
  const folder = workspaceFile('user-registration');
  const inFolder = (name: string): string => vscode.Uri.joinPath(folder, name).fsPath;
  const launch = {
    program: inFolder('user-registration.asl.json'),
    inputFile: inFolder('input.json'),
    mockFile: inFolder('MockConfigFile.json'),
    testCase: 'Registered',
    stopOnEntry: true,
  };
  return [
    ['initialize', { adapterID: 'asl' }],
    ['launch', launch],
    ['setBreakpoints', { source: { path: launch.program }, breakpoints: [{ line: 5 }] }],
    ['configurationDone', {}],
    ['threads', {}],
  ];
}

/** One state whose only transition leads nowhere. */
function leadingTo(next: string): string {
  return `{\n  "StartAt": "A",\n  "States": { "A": { "Type": "Pass", "Next": "${next}" } }\n}\n`;
}

async function change(document: vscode.TextDocument, next: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), leadingTo(next));
  assert(await vscode.workspace.applyEdit(edit), 'it takes typing');
}

function complete(document: vscode.TextDocument): Thenable<unknown> {
  return vscode.commands.executeCommand(
    'vscode.executeCompletionItemProvider',
    document.uri,
    positionOf(document, '"Next": "', '"Next": "'.length),
  );
}

/** Processes of our language server that this extension host started. */
function languageServers(): readonly number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap(match =>
      match && Number(match[2]) === process.pid && match[3]?.includes('dist/server/main.node.js')
        ? [Number(match[1])]
        : [],
    );
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
