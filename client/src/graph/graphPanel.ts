import {
  commands,
  debug,
  env,
  l10n,
  languages,
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
  type TextDocument,
  type TextEditor,
  type WebviewPanel,
} from 'vscode';
import type { Executions, ShownExecution } from '#client/executions.ts';
import type { LazyLanguageClient } from '#client/lazyLanguageClient.ts';
import type { GraphDrawing } from '#protocol/graph.ts';
import { translatedTexts } from '#protocol/graphTexts.ts';
import * as lsp from '#protocol/lsp.ts';
import {
  readFromPage,
  readLayout,
  type CopyFormat,
  type Coverage,
  type FromPage,
  type Layout,
  type StateCommand,
  type ToPage,
} from '#protocol/webview.ts';
import { runFrom, setNextState } from './debugging.ts';
import { choosePngScale, printPicture, savePicture } from './exports.ts';
import { graphHtml } from './graphHtml.ts';

/** Milliseconds that typing must pause before the graph is asked for again. */
const typingPause = 150;

/** What a panel needs of the extension. */
export interface GraphServices {
  readonly context: ExtensionContext;
  readonly client: LazyLanguageClient;
  readonly executions: Executions;
}

/** One graph beside one document: asks the language server for drawings and passes clicks back to the editor. */
export class GraphPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #services: GraphServices;
  readonly #disposables: Disposable[] = [];
  #uri: Uri;
  #layout: Layout;
  #sequence = 0;
  /** Asked for while the page loads, so that the first picture waits for the slower of both only. */
  #early: Promise<lsp.GraphResult | null> | undefined;
  #isReady = false;
  #isDisposed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How long the page took for the last picture: a slow one is asked for less often. */
  #lastDrawing = 0;
  #cursorRequest = 0;
  #revealing: Promise<unknown> = Promise.resolve();
  #onDispose: () => void = () => undefined;
  /** Keeps the recording of the execution that is shown. */
  #watching: Disposable;

  constructor(services: GraphServices, panel: WebviewPanel, uri: Uri) {
    this.#uri = uri;
    this.#panel = panel;
    this.#services = services;
    this.#layout = this.#rememberedLayout();
    this.#watching = services.executions.watch(uri);
    const folder = Uri.joinPath(services.context.extensionUri, 'dist', 'webview');
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.iconPath = Uri.joinPath(services.context.extensionUri, 'assets', 'icon.png');
    panel.title = l10n.t('Graph: {0}', baseName(uri));
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => {
        this.dispose();
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#isShown(document)) this.#drawSoon();
      }),
      // Findings change without the text, too: by a setting, or by another file.
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(changed => changed.toString() === this.#uri.toString())) this.#drawSoon();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => void this.#followCursor(textEditor)),
      window.onDidChangeActiveTextEditor(editor => void this.#followCursor(editor)),
      debug.onDidChangeBreakpoints(() => void this.#sendBreakpoints()),
    );
    panel.webview.html = graphHtml(panel.webview, {
      script: Uri.joinPath(folder, 'main.js'),
      style: Uri.joinPath(folder, 'style.css'),
      title: panel.title,
      texts: translatedTexts(text => l10n.t(text)),
      language: env.language,
    });
    // A failure is met when it is asked for again.
    this.#early = this.#askForDrawing().catch(() => null);
  }

  get uri(): Uri {
    return this.#uri;
  }

  onDidDispose(listener: () => void): void {
    this.#onDispose = listener;
  }

  covers(other: GraphPanel): boolean {
    return !other.#panel.visible && this.#panel.visible && this.#panel.viewColumn === other.#panel.viewColumn;
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  /** The file has another name now; the graph stays as it is. */
  async moveTo(uri: Uri): Promise<void> {
    this.#uri = uri;
    this.#watching.dispose();
    this.#watching = this.#services.executions.watch(uri);
    this.#panel.title = l10n.t('Graph: {0}', baseName(uri));
    await this.#rememberLayout();
    this.#drawSoon();
  }

  /** Lays an execution over the drawing; `undefined` takes it away. */
  showExecution(shown: ShownExecution | undefined): void {
    this.#post({ type: 'execution', view: shown?.view, source: shown?.source ?? 'gone' });
  }

  /** Lays the coverage of a test run over the drawing; `undefined` takes it away. */
  showCoverage(coverage: Coverage | undefined): void {
    this.#post({ type: 'coverage', coverage });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#watching.dispose();
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
    this.#panel.dispose();
    this.#onDispose();
  }

  #isShown(document: TextDocument): boolean {
    return document.uri.toString() === this.#uri.toString();
  }

  #rememberedLayout(): Layout {
    const { workspaceState } = this.#services.context;
    return (
      readLayout(workspaceState.get(`layout ${this.#uri.toString()}`)) ?? { machine: 0, direction: 'TB' }
    );
  }

  async #rememberLayout(): Promise<void> {
    await this.#services.context.workspaceState.update(`layout ${this.#uri.toString()}`, this.#layout);
  }

  #post(message: ToPage): void {
    if (this.#isReady && !this.#isDisposed) void this.#panel.webview.postMessage(message);
  }

  async #receive(value: unknown): Promise<void> {
    const message = readFromPage(value);
    if (!message) return;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        await this.#draw();
        await this.#sendBreakpoints();
        this.showExecution(this.#services.executions.of(this.#uri));
        await this.#followCursor(window.visibleTextEditors.find(({ document }) => this.#isShown(document)));
        return;
      case 'reveal':
        return this.#revealInTurn(message);
      case 'command':
        return this.#command(message.command, message.state);
      case 'layout':
        this.#layout = message.layout;
        await this.#rememberLayout();
        return this.#draw();
      case 'seek':
        this.#services.executions.sourceOf(this.#uri)?.seek(message.position);
        return;
      case 'iteration':
        this.#services.executions.sourceOf(this.#uri)?.chooseIteration(message.state, message.index);
        return;
      case 'clearExecution':
        this.#services.executions.clear(this.#uri);
        return;
      case 'export':
        return this.#export(message);
      case 'savePng': {
        const scale = await choosePngScale(message);
        if (scale !== undefined) this.#post({ type: 'export', format: 'png', scale });
        return;
      }
      case 'copy':
        return this.#copy(message);
      case 'drawn':
        this.#lastDrawing = message.milliseconds;
        return;
      case 'failed':
        return;
    }
  }

  #drawSoon(): void {
    clearTimeout(this.#timer);
    const pause = Math.min(2_000, Math.max(typingPause, 1.5 * this.#lastDrawing));
    this.#timer = setTimeout(() => void this.#draw(), pause);
  }

  async #draw(): Promise<void> {
    // A page that is not shown is gone; it says `ready` when it comes back.
    if (!this.#isReady || !this.#panel.visible) return;
    const sequence = ++this.#sequence;
    // For one drawing only: the next may be wanted in another layout.
    const asked = this.#early;
    this.#early = undefined;
    const document = await this.#document();
    if (!document) {
      this.#post({ type: 'empty', message: l10n.t('{0} cannot be read.', baseName(this.#uri)) });
      return;
    }
    const early = await asked;
    const result = early?.version === document.version ? early : await this.#askForDrawing();
    // Another drawing was asked for meanwhile, or the text is newer than the answer: that one will come.
    if (sequence !== this.#sequence || !result || result.version !== document.version) return;
    const { drawing, machines, broken } = result;
    if (this.#layout.machine >= Math.max(1, machines.length)) {
      this.#layout = { machine: 0, direction: this.#layout.direction };
      return this.#draw();
    }
    if (broken) this.#post({ type: 'stale', ...broken });
    else if (drawing) {
      this.#post({
        type: 'drawing',
        sequence,
        uri: this.#uri.toString(),
        title: l10n.t('State machine {0}', machines[this.#layout.machine] || baseName(this.#uri)),
        drawing,
        layout: this.#layout,
        machines,
        note: this.#noteOn(drawing),
      });
    } else this.#post({ type: 'empty', message: l10n.t('There are no states to draw yet.') });
  }

  #noteOn({ collapsed, states }: GraphDrawing): string {
    if (this.#layout.collapsed || collapsed.length === 0) return '';
    return l10n.t(
      'Parallel and Map states are closed, as this state machine has {0} states. Space opens the focused one; the menu opens all.',
      states,
    );
  }

  async #askForDrawing(): Promise<lsp.GraphResult | null> {
    return this.#services.client.sendRequest<lsp.GraphResult | null>(lsp.graph, this.#params());
  }

  #params(): lsp.GraphParams {
    return { textDocument: { uri: this.#uri.toString() }, ...this.#layout };
  }

  async #document(): Promise<TextDocument | undefined> {
    try {
      return await workspace.openTextDocument(this.#uri);
    } catch {
      // Deleted, or of a file system that is gone: the panel says so and stays.
      return undefined;
    }
  }

  async #followCursor(editor: TextEditor | undefined): Promise<void> {
    if (!editor || !this.#isShown(editor.document) || !this.#isReady || !this.#panel.visible) return;
    const request = ++this.#cursorRequest;
    const found = await this.#stateAt(editor.selection.active);
    if (request !== this.#cursorRequest) return;
    if (!found || found.version === editor.document.version)
      this.#post({
        type: 'cursor',
        state: found?.machine === this.#layout.machine ? found.state : undefined,
      });
  }

  async #stateAt(position: lsp.Position): Promise<lsp.StateAtResult | undefined> {
    const params: lsp.StateAtParams = {
      textDocument: { uri: this.#uri.toString() },
      position: { line: position.line, character: position.character },
    };
    const { client } = this.#services;
    return (await client.sendRequest<lsp.StateAtResult | null>(lsp.stateAt, params)) ?? undefined;
  }

  async #spanOf(state: string): Promise<lsp.SpanOfStateResult | undefined> {
    const { client } = this.#services;
    const params: lsp.SpanOfStateParams = {
      textDocument: { uri: this.#uri.toString() },
      machine: this.#layout.machine,
      state,
    };
    return (await client.sendRequest<lsp.SpanOfStateResult | null>(lsp.spanOfState, params)) ?? undefined;
  }

  /** One after the other: a double click is two clicks before. One that fails holds up none after it. */
  #revealInTurn(message: Extract<FromPage, { type: 'reveal' }>): Promise<void> {
    const revealed = this.#revealing.then(() => this.#revealState(message));
    this.#revealing = Promise.allSettled([revealed]);
    return revealed;
  }

  async #revealState({
    state,
    beside,
  }: Pick<Extract<FromPage, { type: 'reveal' }>, 'state' | 'beside'>): Promise<void> {
    const span = await this.#spanOf(state);
    const document = span && (await this.#document());
    if (!document) return;
    const range = toRange(span.nameRange);
    const shown = window.visibleTextEditors.find(editor => this.#isShown(editor.document));
    const editor = await window.showTextDocument(document, {
      viewColumn: beside ? this.#columnBeside() : (shown?.viewColumn ?? ViewColumn.One),
      preserveFocus: false,
    });
    editor.selection = new Selection(range.start, range.end);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Right of the graph, whatever has the focus: VS Code's own "beside" may be the graph's place. */
  #columnBeside(): ViewColumn {
    const { viewColumn } = this.#panel;
    return viewColumn === undefined || viewColumn >= ViewColumn.Nine ? ViewColumn.Beside : viewColumn + 1;
  }

  async #command(command: StateCommand, state: string): Promise<void> {
    switch (command) {
      case 'toggleBreakpoint':
        return this.#toggleBreakpoint(state);
      case 'rename':
        await this.#revealState({ state, beside: false });
        await commands.executeCommand('editor.action.rename');
        return;
      case 'copyName':
        return env.clipboard.writeText(nameOf(state));
      case 'setNextState': {
        const span = await this.#spanOf(state);
        return span && setNextState(this.#uri, span.nameRange.start);
      }
      case 'runFromHere': {
        const span = await this.#spanOf(state);
        return span && runFrom(this.#uri, span.nameRange.start);
      }
    }
  }

  async #export({ format, content }: Extract<FromPage, { type: 'export' }>): Promise<void> {
    switch (format) {
      case 'svg':
      case 'png':
        return savePicture(this.#uri, format, content);
      case 'print':
        return printPicture(this.#services.context, this.#uri, this.#panel.title, content);
    }
  }

  async #copy({ format, content }: Extract<FromPage, { type: 'copy' }>): Promise<void> {
    if (format === 'svg') await env.clipboard.writeText(content);
    if (format === 'mermaid') {
      const { client } = this.#services;
      const result = await client.sendRequest<lsp.MermaidResult | null>(lsp.mermaid, this.#params());
      if (!result) return;
      await env.clipboard.writeText(result.text);
    }
    void window.setStatusBarMessage(copiedAs(format), 4_000);
  }

  async #toggleBreakpoint(state: string): Promise<void> {
    const span = await this.#spanOf(state);
    if (!span) return;
    const { line } = span.nameRange.start;
    const known = this.#breakpoints().filter(breakpoint => breakpoint.location.range.start.line === line);
    if (known.length > 0) debug.removeBreakpoints(known);
    else debug.addBreakpoints([new SourceBreakpoint({ uri: this.#uri, range: new Range(line, 0, line, 0) })]);
  }

  #breakpoints(): readonly SourceBreakpoint[] {
    return debug.breakpoints.filter(
      (breakpoint): breakpoint is SourceBreakpoint =>
        breakpoint instanceof SourceBreakpoint && breakpoint.location.uri.toString() === this.#uri.toString(),
    );
  }

  async #sendBreakpoints(): Promise<void> {
    const document = await this.#document();
    if (!document) return;
    const states: string[] = [];
    for (const { enabled, location } of this.#breakpoints()) {
      const { line } = location.range.start;
      if (!enabled || line >= document.lineCount) continue;
      const character = document.lineAt(line).firstNonWhitespaceCharacterIndex;
      const found = await this.#stateAt(new Position(line, character));
      if (found?.machine === this.#layout.machine) states.push(found.state);
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

function copiedAs(format: CopyFormat): string {
  switch (format) {
    case 'svg':
      return l10n.t('The graph is on the clipboard as SVG.');
    case 'png':
      return l10n.t('The graph is on the clipboard as a picture.');
    case 'mermaid':
      return l10n.t('The graph is on the clipboard as Mermaid text.');
  }
}
