import {
  DiagnosticSeverity,
  l10n,
  languages,
  StatusBarAlignment,
  window,
  workspace,
  type TextDocument,
} from 'vscode';
import { holdsDefinition } from '#client/languages.ts';
import type { Feature } from '#client/services.ts';
import * as lsp from '#protocol/lsp.ts';

/** How long typing must pause before the item is brought up to date. */
const pause = 300;

/** The status bar item: query language, number of states and of problems of the open definition; a click shows its graph. */
export const statusBar: Feature = ({ context, client }) => {
  const item = window.createStatusBarItem('stepwise.summary', StatusBarAlignment.Right, 100);
  item.name = l10n.t('State Machine');
  item.command = 'stepwise.showGraph';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const update = async (document: TextDocument): Promise<void> => {
    const { version } = document;
    const params: lsp.SummaryParams = { textDocument: { uri: document.uri.toString() } };
    const summary = await client.sendRequest<lsp.SummaryResult | null>(lsp.summary, params);
    const isCurrent = window.activeTextEditor?.document === document && document.version === version;
    if (!isCurrent) return;
    if (!summary) {
      item.hide();
      return;
    }
    const problems = languages
      .getDiagnostics(document.uri)
      .filter(({ severity }) => severity <= DiagnosticSeverity.Warning).length;
    const states = summary.states === 1 ? l10n.t('1 state') : l10n.t('{0} states', summary.states);
    const trouble = problems === 0 ? '' : ` $(warning) ${problems}`;
    item.text = `$(type-hierarchy) ${summary.queryLanguage} · ${states}${trouble}`;
    item.tooltip = l10n.t(
      'State machine in {0}, {1}, problems: {2}. Click to show its graph.',
      summary.queryLanguage,
      states,
      problems,
    );
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  };
  const updateSoon = (): void => {
    clearTimeout(timer);
    const document = window.activeTextEditor?.document;
    if (!document || !holdsDefinition(document)) item.hide();
    // A server that does not run yet cannot answer; it is asked again when it does.
    else timer = setTimeout(() => void update(document).catch(() => item.hide()), pause);
  };
  context.subscriptions.push(
    item,
    { dispose: () => clearTimeout(timer) },
    window.onDidChangeActiveTextEditor(updateSoon),
    languages.onDidChangeDiagnostics(updateSoon),
    client.onDidStart(updateSoon),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) updateSoon();
    }),
  );
  updateSoon();
};
