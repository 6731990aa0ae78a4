import { commands, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Feature } from '#client/services.ts';
import { copyFolder, examples, folderOf } from './examples.ts';

/**
 * Stepwise: Open Example. The example is copied into the extension's own storage, so that it can be
 * changed, run and debugged, and opened with its graph beside it.
 */
export const openExample: Feature = ({ context }) => {
  context.subscriptions.push(
    commands.registerCommand('stepwise.openExample', async (argument: unknown) => {
      const known = examples();
      const named = known.find(({ name }) => name === argument);
      const example =
        named ??
        (await window.showQuickPick(
          known.map(each => ({ ...each, label: each.title, detail: each.description })),
          { title: l10n.t('Open an example state machine') },
        ));
      if (!example) return;
      const folder = Uri.joinPath(context.globalStorageUri, 'examples', example.name);
      await copyFolder(folderOf(context.extensionUri, example), folder);
      const document = await workspace.openTextDocument(Uri.joinPath(folder, `${example.name}.asl.json`));
      await window.showTextDocument(document, ViewColumn.One);
      await commands.executeCommand('stepwise.showGraph', document.uri);
    }),
  );
};
