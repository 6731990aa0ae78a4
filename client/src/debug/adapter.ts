import {
  EventEmitter,
  FileType,
  l10n,
  Uri,
  window,
  workspace,
  type DebugAdapter,
  type DebugProtocolMessage,
  type Event,
  type LogOutputChannel,
} from 'vscode';
import type { Executions, ExecutionSource } from '#client/executions.ts';
import {
  executionEvent,
  iterationRequest,
  momentRequest,
  readExecutionEvent,
  readFromWorker,
  type ListedFile,
  type ToWorker,
} from '#protocol/debugHost.ts';
import { isExecutionView } from '#protocol/execution.ts';

/** A worker that serves one debug session: a thread on the desktop, a web worker in the browser. */
export interface DebugWorker {
  post(message: ToWorker): void;
  onMessage(receive: (message: unknown) => void): void;
  onError(receive: (error: unknown) => void): void;
  terminate(): void;
}

export type CreateDebugWorker = () => DebugWorker;

/**
 * Carries messages between VS Code and a worker, and reads the files that the worker asks for. What the worker
 * tells of the execution goes to the graph, which may look through the recording after VS Code's session has ended.
 */
export class WorkerAdapter implements DebugAdapter, ExecutionSource {
  readonly #worker: DebugWorker;
  readonly #executions: Pick<Executions, 'show' | 'keeps' | 'lost'>;
  readonly #messages = new EventEmitter<DebugProtocolMessage>();
  #isDisposed = false;
  /** The number of our own latest request: they count downwards, as VS Code's count upwards. */
  #lastRequest = 0;
  readonly onDidSendMessage: Event<DebugProtocolMessage> = this.#messages.event;

  constructor(
    worker: DebugWorker,
    log: LogOutputChannel,
    executions: Pick<Executions, 'show' | 'keeps' | 'lost'>,
  ) {
    this.#worker = worker;
    this.#executions = executions;
    worker.onMessage(value => {
      const message = readFromWorker(value);
      if (message?.type === 'protocol') this.#pass(message.message);
      else if (message?.type === 'read') void this.#read(message.id, message.path);
      else if (message?.type === 'list') void this.#list(message.id, message.path);
      else if (message?.type === 'log') log.warn(message.text);
    });
    worker.onError(error => {
      // Ended by us; the log may be gone as well.
      if (this.#isDisposed) return;
      log.error(error instanceof Error ? error : String(error));
      this.#endSession();
    });
  }

  handleMessage(message: DebugProtocolMessage): void {
    this.#worker.post({ type: 'protocol', message: inOurLanguage(message) });
  }

  /** VS Code's session has ended. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#messages.dispose();
    if (!this.#executions.keeps(this)) this.end();
  }

  seek(position: number): void {
    this.#ask(momentRequest, { position });
  }

  chooseIteration(state: string, index: number | undefined): void {
    this.#ask(iterationRequest, { state, ...(index !== undefined && { index }) });
  }

  end(): void {
    this.#worker.terminate();
  }

  /** Asks for what shows itself as events; VS Code, which has not asked, does not hear of the answer. */
  #ask(command: string, args: object): void {
    const message = { seq: --this.#lastRequest, type: 'request', command, arguments: args };
    this.#worker.post({ type: 'protocol', message });
  }

  #pass(message: unknown): void {
    const { event, body, request_seq: answered } = message as Partial<Record<string, unknown>>;
    if (typeof answered === 'number' && answered < 0) return;
    if (event === executionEvent) {
      const execution = readExecutionEvent(body);
      if (execution && isExecutionView(execution.view))
        this.#executions.show(uriOf(execution.program), execution.view, this);
    }
    if (!this.#isDisposed) this.#messages.fire(message as DebugProtocolMessage);
  }

  /** The worker is gone and answers nothing any more: the session ends, and the user is told why. */
  #endSession(): void {
    this.#executions.lost(this);
    if (this.#isDisposed) return;
    const text = l10n.t('The debugger ended unexpectedly, and the execution with it. See the log.');
    void window.showErrorMessage(text);
    this.#messages.fire(event('output', { category: 'important', output: `${text}\n` }));
    this.#messages.fire(event('terminated', {}));
  }

  async #read(id: number, path: string): Promise<void> {
    try {
      const document = await workspace.openTextDocument(uriOf(path));
      this.#worker.post({ type: 'file', id, text: document.getText() });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#worker.post({ type: 'unreadable', id, reason });
    }
  }

  async #list(id: number, path: string): Promise<void> {
    try {
      this.#worker.post({ type: 'listed', id, files: await filesIn(uriOf(path), '') });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#worker.post({ type: 'unreadable', id, reason });
    }
  }
}

/** The debugger is told the texts of VS Code's language with the first request, which VS Code itself makes. */
function inOurLanguage(message: DebugProtocolMessage): object {
  const { command, arguments: args } = message as { readonly command?: unknown; readonly arguments?: object };
  return command === 'initialize' && l10n.bundle
    ? { ...message, arguments: { ...args, texts: l10n.bundle } }
    : message;
}

/** An event that the adapter itself would have sent. */
function event(name: string, body: object): DebugProtocolMessage {
  return { seq: 0, type: 'event', event: name, body } as DebugProtocolMessage;
}

/** All files in a folder and below it, by their paths from there. */
async function filesIn(folder: Uri, prefix: string): Promise<readonly ListedFile[]> {
  const entries = await workspace.fs.readDirectory(folder);
  const files = entries.map(async ([name, type]): Promise<readonly ListedFile[]> => {
    const uri = Uri.joinPath(folder, name);
    const path = `${prefix}${name}`;
    if ((type & FileType.Directory) !== 0) return filesIn(uri, `${path}/`);
    const { size, mtime } = await workspace.fs.stat(uri);
    return [{ path, size, modified: mtime }];
  });
  return (await Promise.all(files)).flat();
}

/** Launch configurations name files by path on a disk and by URI elsewhere. */
export function uriOf(path: string): Uri {
  return /^[a-z][a-z0-9+.-]+:/i.test(path) && !/^[a-z]:[\\/]/i.test(path) ? Uri.parse(path) : Uri.file(path);
}

/** How a launch configuration names a file. */
export function pathOf(uri: Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}
