import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '#test/host/paths.ts';
import type { Start } from './samples.ts';

const tries = 7;
const dist = path.join(projectRoot, 'dist');

const initializeServer = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
};
const initializeAdapter = {
  seq: 1,
  type: 'request',
  command: 'initialize',
  arguments: { adapterID: 'asl' },
};

/** Starts each Node bundle again and again, beside an empty script that shows what Node itself takes. */
export async function startsInNode(): Promise<readonly Start[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-bench-'));
  try {
    const hook = path.join(folder, 'cpu.cjs');
    const cpuFile = path.join(folder, 'cpu');
    writeFileSync(
      hook,
      `process.on('exit', () => {
        const { user, system } = process.cpuUsage();
        require('fs').writeFileSync(${JSON.stringify(cpuFile)}, String((user + system) / 1000));
      });`,
    );
    const empty = path.join(folder, 'empty.cjs');
    writeFileSync(empty, `process.stdin.once('data', () => process.stdout.write('here'));`);
    const process_ = async (name: string, script: string, args: readonly string[], message: object) => {
      const wall: number[] = [];
      const cpu: number[] = [];
      for (let attempt = 0; attempt < tries; attempt++) {
        const started = performance.now();
        const child = spawn(process.execPath, ['--require', hook, script, ...args], {
          stdio: ['pipe', 'pipe', 'ignore'],
        });
        const answered = firstOutput(child);
        send(child, message);
        await answered;
        wall.push(performance.now() - started);
        await ended(child);
        cpu.push(Number(readFileSync(cpuFile, 'utf8')));
      }
      return { name, wall, cpu };
    };
    return [
      await process_('node with an empty script', empty, [], {}),
      await process_('server', path.join(dist, 'server/main.node.js'), ['--stdio'], initializeServer),
      await process_('adapter as a process', path.join(dist, 'debugger/main.node.js'), [], initializeAdapter),
      await adapterThread(),
      await process_('stepwise help', path.join(dist, 'cli/main.js'), ['help'], {}),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The adapter as VS Code has it: a thread of the extension host. */
async function adapterThread(): Promise<Start> {
  const wall: number[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const started = performance.now();
    const worker = new Worker(path.join(dist, 'debugger/main.thread.node.js'));
    const answered = new Promise(resolve => worker.once('message', resolve));
    worker.postMessage({ type: 'protocol', message: initializeAdapter });
    await answered;
    wall.push(performance.now() - started);
    await worker.terminate();
  }
  return { name: 'adapter as a thread', wall };
}

/** Both protocols frame their messages alike. */
function send(child: ChildProcess, message: object): void {
  const body = JSON.stringify(message);
  child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function firstOutput({ stdout }: ChildProcess): Promise<unknown> {
  return new Promise(resolve => stdout?.once('data', resolve));
}

/** Ends a process as its client does when it goes away: its input ends. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = new Promise(resolve => child.once('exit', resolve));
  child.stdout?.resume();
  child.stdin?.end();
  await exited;
}
