import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { FrameReader } from '#debugger/framing.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');

export interface AdapterMessage {
  readonly type: 'response' | 'event';
  readonly command?: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** The real adapter in a process of its own, spoken to over stdio as any editor would. */
export class DebugAdapterProcess {
  readonly process: ChildProcessWithoutNullStreams;
  readonly received: AdapterMessage[] = [];
  #sequence = 1;
  #waiting: (() => void)[] = [];

  constructor() {
    this.process = spawn(process.execPath, [adapterModule()], { cwd: projectRoot });
    const reader = new FrameReader(
      new TextDecoder(),
      message => {
        this.received.push(message as AdapterMessage);
        for (const wake of this.#waiting.splice(0)) wake();
      },
      problem => {
        throw new Error(`the adapter's own framing is broken: ${problem}`);
      },
    );
    this.process.stdout.on('data', (chunk: Buffer) => reader.push(chunk));
    this.process.stderr.resume();
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Writes bytes as they are. */
  write(text: string): void {
    this.process.stdin.write(text);
  }

  /** Sends a request and gives its number. */
  send(command: unknown, args?: unknown): number {
    const seq = this.#sequence++;
    const body = JSON.stringify({
      seq,
      type: 'request',
      command,
      ...(args === undefined ? {} : { arguments: args }),
    });
    this.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return seq;
  }

  /** Sends a request and waits for its answer. */
  async ask(command: string, args?: unknown): Promise<AdapterMessage> {
    const seq = this.send(command, args);
    return this.until(message => message.type === 'response' && message.request_seq === seq);
  }

  /** The first message of that kind, those that have come already included. */
  async until(isMeant: (message: AdapterMessage) => boolean, from = 0): Promise<AdapterMessage> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const found = this.received.slice(from).find(isMeant);
      if (found) return found;
      const left = deadline - Date.now();
      if (left <= 0 || !this.isAlive) throw new Error('the adapter does not answer');
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  stop(): void {
    this.process.kill();
  }
}

/** The bundled adapter, or with `STEPWISE_SOURCE=1` (or where nothing is built) the one in the sources. */
function adapterModule(): string {
  const bundle = path.join(projectRoot, 'dist/debugger/main.node.js');
  return process.env['STEPWISE_SOURCE'] !== '1' && existsSync(bundle)
    ? bundle
    : path.join(projectRoot, 'debugger/src/main.node.ts');
}
