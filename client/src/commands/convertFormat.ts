import { commands, l10n, window, workspace } from 'vscode';
import { isAsl } from '#client/languages.ts';
import type { Feature } from '#client/services.ts';
import { convertFormat, type ConvertFormatParams, type ConvertFormatResult } from '#protocol/lsp.ts';

/** Stepwise: Convert Between JSON and YAML. The result opens beside, unsaved: nothing is overwritten. */
export const convertFormatCommand: Feature = ({ context, client }) => {
  context.subscriptions.push(
    commands.registerCommand('stepwise.convertFormat', async () => {
      const document = window.activeTextEditor?.document;
      if (!document || !isAsl(document)) {
        void window.showInformationMessage(l10n.t('Open a state machine definition first.'));
        return;
      }
      const params: ConvertFormatParams = { textDocument: { uri: document.uri.toString() } };
      try {
        const { text, comments } = await client.sendRequest<ConvertFormatResult>(convertFormat, params);
        const language = document.languageId.endsWith('yaml') ? 'asl' : 'asl-yaml';
        await window.showTextDocument(await workspace.openTextDocument({ language, content: text }));
        if (comments > 0)
          void window.showInformationMessage(
            l10n.t('Comments are not converted. They stay in the file you came from.'),
          );
      } catch (error) {
        void window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    }),
  );
};
