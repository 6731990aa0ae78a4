import {
  commands,
  l10n,
  languages,
  StatusBarAlignment,
  Uri,
  window,
  workspace,
  type TextDocument,
} from 'vscode';
import { State } from 'vscode-languageclient';
import * as lsp from '#protocol/lsp.ts';
import { isAsl, served } from './languages.ts';
import type { Feature } from './services.ts';

/** Languages of files that may hold a definition: plain ones, and those that CloudFormation extensions give to templates. */
const hosts: readonly string[] = [
  'json',
  'jsonc',
  'yaml',
  'cloudformation',
  'cloudformation-json',
  'cloudformation-yaml',
];
const memoryKey = 'adopted';

/**
 * State machines in other files: SAM and CloudFormation templates, or plain JSON and YAML. Such a file is
 * offered in the status bar, and served only after the user has said so; the answer is remembered.
 */
export const adoption: Feature = ({ context, client }) => {
  const adopted = new Set(context.workspaceState.get<readonly string[]>(memoryKey));
  const offer = window.createStatusBarItem('stepwise.adopt', StatusBarAlignment.Right, 99);
  offer.name = l10n.t('State Machine in Other File');
  offer.text = `$(type-hierarchy) ${l10n.t('State machine?')}`;
  offer.tooltip = l10n.t(
    'This file seems to hold a state machine. Click to have Stepwise complete, check and draw it.',
  );
  offer.command = 'stepwise.adoptFile';

  const tell = async (document: TextDocument, serve: boolean): Promise<void> => {
    const uri = document.uri.toString();
    if (serve) served.add(uri);
    else served.delete(uri);
    // Menus and keys of the manifest show for these files as they do for definitions. By path, as a URI
    // of a remote window has another scheme there than here.
    const paths = [...served].map(each => Uri.parse(each).fsPath);
    void commands.executeCommand('setContext', 'stepwise.served', paths);
    const params: lsp.AdoptParams = { uri, language: document.languageId, serve };
    await client.sendRequest(lsp.adopt, params);
  };
  const serveOpen = async (): Promise<void> => {
    for (const document of workspace.textDocuments) {
      if (adopted.has(document.uri.toString()) && canAdopt(document)) await tell(document, true);
    }
  };
  const decide = async (serve: boolean): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (!document || !canAdopt(document)) {
      void window.showInformationMessage(l10n.t('Open a JSON or YAML file that holds a state machine.'));
      return;
    }
    if (serve) adopted.add(document.uri.toString());
    else adopted.delete(document.uri.toString());
    await context.workspaceState.update(memoryKey, [...adopted]);
    await tell(document, serve);
    update();
  };
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    const isOffered =
      document &&
      canAdopt(document) &&
      !served.has(document.uri.toString()) &&
      seemsToHoldMachine(document.getText());
    if (isOffered) offer.show();
    else offer.hide();
  };
  context.subscriptions.push(
    offer,
    commands.registerCommand('stepwise.adoptFile', () => decide(true)),
    commands.registerCommand('stepwise.releaseFile', () => decide(false)),
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidOpenTextDocument(document => {
      if (adopted.has(document.uri.toString()) && canAdopt(document)) void tell(document, true);
    }),
    // A server that starts again knows nothing of what it served before.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void serveOpen();
    }),
  );
  // Those that were open when the window was closed: the first request starts the server.
  void serveOpen();
  update();
};

function canAdopt(document: TextDocument): boolean {
  return (
    !isAsl(document) &&
    languages.match(
      hosts.map(language => ({ language })),
      document,
    ) > 0
  );
}

/** A quick look; the server looks closely. */
function seemsToHoldMachine(text: string): boolean {
  if (/AWS::(?:Serverless|StepFunctions)::StateMachine/.test(text)) return true;
  return /["']?StartAt["']?\s*:/.test(text) && /["']?States["']?\s*:/.test(text);
}
