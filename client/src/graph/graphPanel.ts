import {
  commands,
  debug,
  env,
  l10n,
  Position,
  Range,
  Selection,
  SourceBreakpoint,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type Memento,
  type TextDocument,
  type TextEditor,
  type WebviewPanel,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ExecutionView } from '#protocol/execution.ts';
import * as lsp from '#protocol/lsp.ts';
import {
  readFromPage,
  readLayout,
  type FromPage,
  type Layout,
  type StateCommand,
  type ToPage,
} from '#protocol/webview.ts';
import { graphHtml } from './graphHtml.ts';

/** How long typing must pause before the graph is asked for again. */
const typingPause = 150;

/** One graph beside one document: asks the language server for drawings and passes clicks back to the editor. */
export class GraphPanel implements Disposable {
  readonly uri: Uri;
  readonly #panel: WebviewPanel;
  readonly #client: BaseLanguageClient;
  readonly #disposables: Disposable[] = [];
  readonly #memory: Memento;
  #layout: Layout;
  #sequence = 0;
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #execution: ExecutionView | undefined;
  #onDispose: () => void = () => undefined;

  constructor(context: ExtensionContext, client: BaseLanguageClient, panel: WebviewPanel, uri: Uri) {
    this.uri = uri;
    this.#panel = panel;
    this.#client = client;
    this.#memory = context.workspaceState;
    this.#layout = readLayout(this.#memory.get(`layout ${uri.toString()}`)) ?? {
      machine: 0,
      direction: 'TB',
      collapsed: [],
    };
    const folder = Uri.joinPath(context.extensionUri, 'dist', 'webview');
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.iconPath = Uri.joinPath(context.extensionUri, 'assets', 'icon.png');
    panel.title = l10n.t('Graph: {0}', baseName(uri));
    const files = { script: Uri.joinPath(folder, 'main.js'), style: Uri.joinPath(folder, 'style.css') };
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => this.dispose()),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#isShown(document)) this.#drawSoon();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => void this.#followCursor(textEditor)),
      debug.onDidChangeBreakpoints(() => void this.#sendBreakpoints()),
    );
    panel.webview.html = graphHtml(panel.webview, files, panel.title);
  }

  onDidDispose(listener: () => void): void {
    this.#onDispose = listener;
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  /** Lays an execution over the drawing; `undefined` takes it away. */
  showExecution(view: ExecutionView | undefined): void {
    this.#execution = view;
    this.#post({ type: 'execution', view });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
    this.#panel.dispose();
    this.#onDispose();
  }

  #isShown(document: TextDocument): boolean {
    return document.uri.toString() === this.uri.toString();
  }

  #post(message: ToPage): void {
    if (this.#isReady) void this.#panel.webview.postMessage(message);
  }

  async #receive(value: unknown): Promise<void> {
    const message = readFromPage(value);
    if (!message) return;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        await this.#draw();
        await this.#sendBreakpoints();
        if (this.#execution) this.#post({ type: 'execution', view: this.#execution });
        await this.#followCursor(window.activeTextEditor);
        return;
      case 'reveal':
        return this.#revealState(message);
      case 'command':
        return this.#command(message.command, message.state);
      case 'layout':
        this.#layout = message.layout;
        await this.#memory.update(`layout ${this.uri.toString()}`, message.layout);
        return this.#draw();
      case 'seek':
      case 'export':
      case 'drawn':
      case 'failed':
        return;
    }
  }

  #drawSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#draw(), typingPause);
  }

  async #draw(): Promise<void> {
    const sequence = ++this.#sequence;
    const document = await workspace.openTextDocument(this.uri);
    const params: lsp.GraphParams = { textDocument: { uri: this.uri.toString() }, ...this.#layout };
    const result = await this.#client.sendRequest<lsp.GraphResult | null>(lsp.graph, params);
    // Another drawing was asked for meanwhile, or the text is newer than the answer: that one will come.
    if (sequence !== this.#sequence || !result || result.version !== document.version) return;
    if (result.broken) this.#post({ type: 'stale', ...result.broken });
    else if (result.drawing)
      this.#post({
        type: 'drawing',
        sequence,
        uri: this.uri.toString(),
        title: baseName(this.uri),
        drawing: result.drawing,
        layout: this.#layout,
        machines: result.machines,
        note: '',
      });
    else this.#post({ type: 'empty', message: l10n.t('There are no states to draw yet.') });
  }

  async #followCursor(editor: TextEditor | undefined): Promise<void> {
    if (!editor || !this.#isShown(editor.document)) return;
    const position = editor.selection.active;
    const params: lsp.StateAtParams = { textDocument: { uri: this.uri.toString() }, position };
    const found = await this.#client.sendRequest<lsp.StateAtResult | null>(lsp.stateAt, params);
    if (found?.version === editor.document.version || !found)
      this.#post({ type: 'cursor', state: found?.state });
  }

  async #spanOf(state: string): Promise<lsp.SpanOfStateResult | undefined> {
    const params: lsp.SpanOfStateParams = { textDocument: { uri: this.uri.toString() }, machine: 0, state };
    return (
      (await this.#client.sendRequest<lsp.SpanOfStateResult | null>(lsp.spanOfState, params)) ?? undefined
    );
  }

  async #revealState({ state, beside }: Extract<FromPage, { type: 'reveal' }>): Promise<void> {
    const span = await this.#spanOf(state);
    if (!span) return;
    const range = toRange(span.nameRange);
    const shown = window.visibleTextEditors.find(editor => this.#isShown(editor.document));
    const editor = await window.showTextDocument(await workspace.openTextDocument(this.uri), {
      viewColumn: beside ? ViewColumn.Beside : (shown?.viewColumn ?? ViewColumn.One),
      preserveFocus: false,
    });
    editor.selection = new Selection(range.start, range.end);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  async #command(command: StateCommand, state: string): Promise<void> {
    switch (command) {
      case 'toggleBreakpoint':
        return this.#toggleBreakpoint(state);
      case 'rename':
        await this.#revealState({ type: 'reveal', state, beside: false });
        await commands.executeCommand('editor.action.rename');
        return;
      case 'copyName':
        return env.clipboard.writeText(nameOf(state));
      case 'setNextState':
      case 'runFromHere':
        return;
    }
  }

  async #toggleBreakpoint(state: string): Promise<void> {
    const span = await this.#spanOf(state);
    if (!span) return;
    const { line } = span.nameRange.start;
    const known = this.#breakpoints().filter(breakpoint => breakpoint.location.range.start.line === line);
    if (known.length > 0) debug.removeBreakpoints(known);
    else debug.addBreakpoints([new SourceBreakpoint({ uri: this.uri, range: new Range(line, 0, line, 0) })]);
  }

  #breakpoints(): readonly SourceBreakpoint[] {
    return debug.breakpoints.filter(
      (breakpoint): breakpoint is SourceBreakpoint =>
        breakpoint instanceof SourceBreakpoint && breakpoint.location.uri.toString() === this.uri.toString(),
    );
  }

  async #sendBreakpoints(): Promise<void> {
    const states: string[] = [];
    for (const { enabled, location } of this.#breakpoints()) {
      if (!enabled) continue;
      const line = (await workspace.openTextDocument(this.uri)).lineAt(location.range.start.line);
      const position = new Position(line.lineNumber, line.firstNonWhitespaceCharacterIndex);
      const params: lsp.StateAtParams = { textDocument: { uri: this.uri.toString() }, position };
      const found = await this.#client.sendRequest<lsp.StateAtResult | null>(lsp.stateAt, params);
      if (found) states.push(found.state);
    }
    this.#post({ type: 'breakpoints', states });
  }
}

function toRange({ start, end }: lsp.Range): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function baseName(uri: Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/** The last member of a state's pointer is its name. */
function nameOf(state: string): string {
  return (state.split('/').at(-1) ?? state).replaceAll('~1', '/').replaceAll('~0', '~');
}
