import {
  l10n,
  commands,
  languages,
  ProgressLocation,
  window,
  workspace,
  type CancellationToken,
  type DiagnosticCollection,
  type Progress,
} from 'vscode';
import type { Diagnostic } from 'vscode-languageclient';
import { findFilesOf } from '#client/findFiles.ts';
import type { Feature, Services } from '#client/services.ts';
import { checkText, type CheckTextParams } from '#protocol/lsp.ts';

/** Larger files are no definitions that AWS would take. */
const largest = 2_000_000;

/**
 * Stepwise: Check All Definitions in Workspace. The findings of files that are not open stand in the
 * Problems view until they are opened; then the server tells them itself.
 */
export const checkWorkspace: Feature = services => {
  const { context } = services;
  const found = languages.createDiagnosticCollection('stepwise-workspace');
  context.subscriptions.push(
    found,
    workspace.onDidOpenTextDocument(document => found.delete(document.uri)),
    workspace.onDidDeleteFiles(({ files }) => {
      for (const file of files) found.delete(file);
    }),
    commands.registerCommand('stepwise.checkWorkspace', () =>
      window.withProgress(
        {
          location: ProgressLocation.Notification,
          title: l10n.t('Checking state machine definitions'),
          cancellable: true,
        },
        (progress, token) => checkAll(services, found, progress, token),
      ),
    ),
  );
};

async function checkAll(
  { client, log }: Services,
  found: DiagnosticCollection,
  progress: Progress<{ readonly message: string; readonly increment: number }>,
  token: CancellationToken,
): Promise<void> {
  found.clear();
  const files = await findFilesOf('definitions', token);
  const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
  let problems = 0;
  for (const file of files) {
    if (token.isCancellationRequested) return;
    progress.report({ message: workspace.asRelativePath(file), increment: 100 / files.length });
    const uri = file.toString();
    if (open.has(uri)) continue;
    try {
      const bytes = await workspace.fs.readFile(file);
      if (bytes.length > largest) continue;
      const params: CheckTextParams = { uri, text: new TextDecoder().decode(bytes) };
      const diagnostics = await client.sendRequest<Diagnostic[]>(checkText, params, token);
      problems += diagnostics.length;
      found.set(file, await client.asDiagnostics(diagnostics, token));
    } catch (error) {
      log.warn(`${uri}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  void window.showInformationMessage(
    l10n.t('Definitions checked: {0}. Findings in files that are not open: {1}.', files.length, problems),
  );
}
