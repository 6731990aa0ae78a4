import { EventEmitter, l10n, window, workspace, type Disposable, type Event } from 'vscode';
import type { CancellationToken, Diagnostic, LogOutputChannel, TextDocument, Uri } from 'vscode';
import type { BaseLanguageClient, Diagnostic as ProtocolDiagnostic } from 'vscode-languageclient';
import { isAsl } from './languages.ts';

/** Loads the client of the language server, which is ten times the rest of the extension, and sets it up. */
export type LoadLanguageClient = (setup: ClientSetup) => Promise<BaseLanguageClient>;

/** What the client's maker needs of the extension. */
export interface ClientSetup {
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
  /** Called each time the server begins to answer: when it starts, and when it was started again. */
  readonly onRunning: () => void;
  /** Gives what must be ended with the extension, whatever becomes of the client. */
  readonly onDispose: (dispose: () => void) => void;
}

type RequestHandler = (params: unknown) => unknown;

/**
 * The language server's client as the rest of the extension sees it. Loaded and started with the first
 * definition or the first request, so that activation costs nothing of it, and a window without
 * definitions, such as that of a SAM project, has no process.
 */
export class LazyLanguageClient implements Disposable {
  readonly #load: LoadLanguageClient;
  readonly #extensionUri: Uri;
  readonly #log: LogOutputChannel;
  readonly #handlers = new Map<string, RequestHandler>();
  readonly #running = new EventEmitter<void>();
  readonly #opened: Disposable;
  readonly #disposals: (() => void)[] = [];
  #client: Promise<BaseLanguageClient> | undefined;
  /** Fires each time the server begins to answer; one that starts again knows nothing of before. */
  readonly onDidStart: Event<void> = this.#running.event;

  constructor(load: LoadLanguageClient, extensionUri: Uri, log: LogOutputChannel) {
    this.#load = load;
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.#opened = workspace.onDidOpenTextDocument(document => {
      if (isServed(document)) this.#startOnce();
    });
    if (workspace.textDocuments.some(isServed)) this.#startOnce();
  }

  async sendRequest<Result>(method: string, params: unknown, token?: CancellationToken): Promise<Result> {
    const client = await this.#loaded();
    // A request starts the server. An absent token would be taken for a second parameter.
    return token === undefined
      ? client.sendRequest<Result>(method, params)
      : client.sendRequest<Result>(method, params, token);
  }

  /** Answers a request of the server; to be called while activating, before the server can ask. */
  onRequest(method: string, handler: RequestHandler): Disposable {
    this.#handlers.set(method, handler);
    return { dispose: () => this.#handlers.delete(method) };
  }

  async restart(): Promise<void> {
    const client = await this.#loaded();
    if (client.isRunning()) await client.stop();
    await client.start();
  }

  /** The server's findings as VS Code wants them. */
  async asDiagnostics(
    diagnostics: readonly ProtocolDiagnostic[],
    token?: CancellationToken,
  ): Promise<Diagnostic[]> {
    return (await this.#loaded()).protocol2CodeConverter.asDiagnostics([...diagnostics], token);
  }

  dispose(): void {
    this.#opened.dispose();
    this.#running.dispose();
    for (const dispose of this.#disposals) dispose();
    void this.#client?.then(client => client.dispose());
  }

  /** Never waits: the server starts in its own time, and says so when it cannot. */
  #startOnce(): void {
    this.#opened.dispose();
    this.#loaded()
      .then(client => client.start())
      .catch((error: unknown) => {
        this.#log.error(error instanceof Error ? error : String(error));
        void window.showErrorMessage(
          l10n.t('The Stepwise language server could not be started. See the log.'),
        );
      });
  }

  #loaded(): Promise<BaseLanguageClient> {
    return (this.#client ??= this.#loadWithHandlers());
  }

  async #loadWithHandlers(): Promise<BaseLanguageClient> {
    const client = await this.#load({
      extensionUri: this.#extensionUri,
      log: this.#log,
      onRunning: () => this.#running.fire(),
      onDispose: dispose => this.#disposals.push(dispose),
    });
    for (const [method, handler] of this.#handlers) client.onRequest(method, handler);
    return client;
  }
}

/** A definition, or a file beside one that the server knows. */
function isServed(document: TextDocument): boolean {
  return isAsl(document) || /\/MockConfigFile\.json$|\.asltest\.json$/.test(document.uri.path);
}
