import { commands, l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import type { Feature } from '#client/services.ts';
import { exists, examples, folderOf, type Example } from './examples.ts';

type Format = 'json' | 'yaml';

/** Stepwise: New State Machine. From a template, in JSON or YAML, with an input and mocked answers beside it. */
export const newStateMachine: Feature = ({ context }) => {
  context.subscriptions.push(
    commands.registerCommand('stepwise.newStateMachine', async (argument: unknown) => {
      const example = await pick(
        l10n.t('Start from'),
        examples().map(each => ({ label: each.title, detail: each.description, value: each })),
      );
      if (!example) return;
      const format = await pick<Format>(l10n.t('Written as'), [
        { label: 'JSON', description: '.asl.json', value: 'json' },
        { label: 'YAML', description: '.asl.yaml', value: 'yaml' },
      ]);
      if (!format) return;
      const folder = argument instanceof Uri ? argument : workspace.workspaceFolders?.[0]?.uri;
      if (folder) await createIn(folder, context.extensionUri, example, format);
      else await openUntitled(context.extensionUri, example, format);
    }),
  );
};

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

async function pick<T>(title: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
  return (await window.showQuickPick(choices, { title }))?.value;
}

/** Makes a folder with the definition, its input and its mock file; all are named after the state machine. */
async function createIn(parent: Uri, extensionUri: Uri, example: Example, format: Format): Promise<void> {
  const name = await window.showInputBox({
    title: l10n.t('Name of the state machine'),
    prompt: l10n.t('A folder of this name is made in {0}.', parent.path.split('/').at(-1) ?? parent.path),
    value: example.name,
    validateInput: async text => {
      if (!/^[\w-]{1,80}$/.test(text)) return l10n.t('Letters, digits, - and _, at most 80.');
      return (await exists(Uri.joinPath(parent, text)))
        ? l10n.t('A file or folder of this name is there already.')
        : undefined;
    },
  });
  if (name === undefined) return;
  const from = folderOf(extensionUri, example);
  const to = Uri.joinPath(parent, name);
  const definition = Uri.joinPath(to, `${name}.asl.${format}`);
  await workspace.fs.createDirectory(to);
  await workspace.fs.copy(Uri.joinPath(from, `${example.name}.asl.${format}`), definition);
  await workspace.fs.copy(Uri.joinPath(from, 'input.json'), Uri.joinPath(to, 'input.json'));
  // A mock file names its state machine, which has a new name now.
  const mocks = await workspace.fs.readFile(Uri.joinPath(from, 'MockConfigFile.json'));
  const renamed = new TextDecoder().decode(mocks).replace(`"${example.name}": {`, `"${name}": {`);
  await workspace.fs.writeFile(Uri.joinPath(to, 'MockConfigFile.json'), new TextEncoder().encode(renamed));
  await window.showTextDocument(await workspace.openTextDocument(definition));
  await commands.executeCommand('stepwise.showGraph', definition);
}

async function openUntitled(extensionUri: Uri, example: Example, format: Format): Promise<void> {
  const file = Uri.joinPath(folderOf(extensionUri, example), `${example.name}.asl.${format}`);
  const content = new TextDecoder().decode(await workspace.fs.readFile(file));
  await window.showTextDocument(
    await workspace.openTextDocument({ language: format === 'json' ? 'asl' : 'asl-yaml', content }),
  );
}
