import {
  commands,
  ConfigurationTarget,
  l10n,
  languages,
  StatusBarAlignment,
  Uri,
  window,
  workspace,
  type TextDocument,
} from 'vscode';
import * as lsp from '#protocol/lsp.ts';
import { aslLanguages, isAsl, served } from './languages.ts';
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
 *
 * A file that is a definition from end to end gets our language, by `files.associations` of the workspace: it
 * is then like any other definition, and wakes the extension when it is opened. A template must keep its
 * language, which others serve as well; it is remembered here, and served once something else has woken us.
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
    if (!serve && document && (await dissociate(document))) {
      update();
      return;
    }
    if (!document || !canAdopt(document)) {
      void window.showInformationMessage(l10n.t('Open a JSON or YAML file that holds a state machine.'));
      return;
    }
    if (serve && isDefinition(document) && (await associate(document))) {
      update();
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
    client.onDidStart(() => void serveOpen()),
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

/** Whether all of the file is one definition, rather than a template that holds some. */
function isDefinition(document: TextDocument): boolean {
  const text = document.getText();
  if (document.languageId.includes('yaml')) return /^["']?StartAt["']?\s*:/m.test(text);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'StartAt' in value && 'States' in value;
  } catch {
    // Half-written JSON is served as it is; what it will be is not known.
    return false;
  }
}

/** Gives a file our language for good; `false` where no workspace can remember that. */
async function associate(document: TextDocument): Promise<boolean> {
  const pattern = patternOf(document);
  if (pattern === undefined) return false;
  const format = document.languageId.includes('yaml') ? 'asl-yaml' : 'asl';
  // Where Stepwise has taken over from the AWS Toolkit, it has done so by ids of its own.
  const isOverToolkit = associations('globalValue')['*.asl.json'] === 'stepwise-asl';
  const language = isOverToolkit ? `stepwise-${format}` : format;
  await changeAssociations(before => ({ ...before, [pattern]: language }));
  await languages.setTextDocumentLanguage(document, language);
  return true;
}

/** Takes back what `associate` did; `false` where it did nothing. */
async function dissociate(document: TextDocument): Promise<boolean> {
  const pattern = patternOf(document);
  const language = pattern === undefined ? undefined : associations('workspaceValue')[pattern];
  if (language === undefined || !(aslLanguages as readonly string[]).includes(language)) return false;
  await changeAssociations(before =>
    Object.fromEntries(Object.entries(before).filter(([each]) => each !== pattern)),
  );
  await languages.setTextDocumentLanguage(document, language.endsWith('yaml') ? 'yaml' : 'json');
  return true;
}

/** A pattern for this file alone, wherever the workspace lies; nothing for files outside of it. */
function patternOf({ uri }: TextDocument): string | undefined {
  if (!workspace.getWorkspaceFolder(uri)) return undefined;
  // With the name of the folder where there are several.
  const path = workspace.asRelativePath(uri).replaceAll(/[[\]{}*?]/g, '?');
  return `**/${path}`;
}

type Associations = Readonly<Record<string, string>>;

function associations(scope: 'globalValue' | 'workspaceValue'): Associations {
  return workspace.getConfiguration('files').inspect<Associations>('associations')?.[scope] ?? {};
}

async function changeAssociations(change: (before: Associations) => Associations): Promise<void> {
  const after = change(associations('workspaceValue'));
  await workspace
    .getConfiguration('files')
    .update('associations', Object.keys(after).length > 0 ? after : undefined, ConfigurationTarget.Workspace);
}

/** A quick look; the server looks closely. */
function seemsToHoldMachine(text: string): boolean {
  if (/AWS::(?:Serverless|StepFunctions)::StateMachine/.test(text)) return true;
  return /["']?StartAt["']?\s*:/.test(text) && /["']?States["']?\s*:/.test(text);
}
