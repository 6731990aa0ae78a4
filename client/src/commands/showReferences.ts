import { commands, Location, Position, Range, Uri } from 'vscode';
import type { Feature } from '#client/services.ts';
import * as lsp from '#protocol/lsp.ts';

/** What the code lens above a state runs: the list of references, as the editor shows it. */
export const showReferences: Feature = ({ context }) => {
  context.subscriptions.push(
    commands.registerCommand('stepwise.showReferences', (...given: unknown[]) => {
      if (!lsp.isShowReferencesArguments(given)) return undefined;
      const [uri, position, locations] = given;
      return commands.executeCommand(
        'editor.action.showReferences',
        Uri.parse(uri),
        toPosition(position),
        locations.map(location => new Location(Uri.parse(location.uri), toRange(location.range))),
      );
    }),
  );
};

function toPosition({ line, character }: lsp.Position): Position {
  return new Position(line, character);
}

function toRange({ start, end }: lsp.Range): Range {
  return new Range(toPosition(start), toPosition(end));
}
