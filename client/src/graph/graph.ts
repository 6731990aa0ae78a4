import { commands, l10n, Uri, ViewColumn, window, workspace, type WebviewPanel } from 'vscode';
import { holdsDefinition } from '#client/languages.ts';
import type { Feature } from '#client/services.ts';
import { GraphPanel } from './graphPanel.ts';

const viewType = 'stepwise.graph';

/** Stepwise: Show Graph. One panel per document, beside it; it comes back after a reload of the window. */
export const graph: Feature = services => {
  const { context, executions } = services;
  const panels = new Map<string, GraphPanel>();
  const adopt = (webview: WebviewPanel, uri: Uri): void => {
    const panel = new GraphPanel(services, webview, uri);
    panels.set(uri.toString(), panel);
    panel.onDidDispose(() => panels.delete(panel.uri.toString()));
  };
  context.subscriptions.push(
    {
      dispose: () => {
        for (const panel of panels.values()) panel.dispose();
      },
    },
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const panel = panels.get(oldUri.toString());
        if (!panel) continue;
        panels.delete(oldUri.toString());
        panels.set(newUri.toString(), panel);
        void panel.moveTo(newUri);
      }
    }),
    // Of graphs that cover each other, that of the definition that is looked at comes to the front.
    window.onDidChangeActiveTextEditor(editor => {
      const panel = panels.get(editor?.document.uri.toString() ?? '');
      if (panel && [...panels.values()].some(other => other.covers(panel))) panel.reveal();
    }),
    executions.onDidChange(({ uri, shown }) => panels.get(uri.toString())?.showExecution(shown)),
    commands.registerCommand('stepwise.showGraph', (argument: unknown) => {
      const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
      const document = window.visibleTextEditors.find(
        editor => editor.document.uri.toString() === uri?.toString(),
      )?.document;
      if (!uri || (document && !holdsDefinition(document))) {
        void window.showInformationMessage(
          l10n.t('Open a state machine definition first: its graph is shown beside it.'),
        );
        return;
      }
      const known = panels.get(uri.toString());
      if (known) known.reveal();
      else
        adopt(
          window.createWebviewPanel(viewType, '', { viewColumn: ViewColumn.Beside, preserveFocus: true }),
          uri,
        );
    }),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: (webview, state: unknown) => {
        const uri =
          typeof state === 'object' && state !== null && 'uri' in state && typeof state.uri === 'string'
            ? state.uri
            : undefined;
        if (uri === undefined) webview.dispose();
        else adopt(webview, Uri.parse(uri));
        return Promise.resolve();
      },
    }),
  );
};
