import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { definition, eventually, positionOf } from './editing.ts';

const chain = `{
  "StartAt": "First",
  "States": {
    "First": { "Type": "Pass", "Next": "Second" },
    "Second": {
      "Type": "Parallel",
      "Branches": [{ "StartAt": "Inner", "States": { "Inner": { "Type": "Succeed" } } }],
      "End": true
    }
  }
}`;

/** Getting from one place of a definition to another. */
export function navigationSpec(): void {
  describe('navigation', () => {
    it('goes from Next to the state', async () => {
      const document = await definition(chain);
      const targets = await definitionsAt(document, positionOf(document, '"Second" }', 2));
      const [line] = targets;
      assert(line !== undefined, 'there is a target');
      assertEqual(line, positionOf(document, '"Second": {').line);
    });

    it('goes from StartAt inside a branch to the state of that branch', async () => {
      const document = await definition(chain);
      const targets = await definitionsAt(document, positionOf(document, '"Inner", "States"', 2));
      assertEqual(targets, [positionOf(document, '"Inner": {').line]);
    });

    it('lists the states as symbols, those of branches below their parent', async () => {
      const document = await definition(chain);
      const symbols = await eventually(
        () =>
          vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>(
            'vscode.executeDocumentSymbolProvider',
            document.uri,
          ),
        answer => (answer?.length ?? 0) > 0,
      );
      const names = allNames(symbols ?? []);
      for (const name of ['First', 'Second', 'Inner'])
        assert(names.includes(name), `${name} is among ${names.join(', ')}`);
    });
  });
}

/** The lines that Go to Definition leads to. */
async function definitionsAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly number[]> {
  const answer = await eventually(
    () =>
      vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        position,
      ),
    targets => targets.length > 0,
  );
  return answer.map(
    target =>
      ('targetRange' in target ? (target.targetSelectionRange ?? target.targetRange) : target.range).start
        .line,
  );
}

function allNames(symbols: readonly vscode.DocumentSymbol[]): readonly string[] {
  return symbols.flatMap(symbol => [symbol.name, ...allNames(symbol.children)]);
}
