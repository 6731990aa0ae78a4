import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { definition, eventually, positionOf, workspaceFile } from './editing.ts';

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

    it('finds the states of definitions that are not open', async () => {
      await definition(chain);
      const found = await eventually(
        () =>
          vscode.commands.executeCommand<readonly vscode.SymbolInformation[]>(
            'vscode.executeWorkspaceSymbolProvider',
            'Ask For Approval',
          ),
        symbols => symbols.length > 0,
      );
      assert(
        found.every(({ location }) => location.uri.path.includes('/human-approval/')),
        'they are those of the example',
      );
    });

    it('goes from a mock file to the state it answers', async () => {
      const uri = workspaceFile('order-processing/MockConfigFile.json');
      const document = await vscode.workspace.openTextDocument(uri);
      const targets = await eventually(
        () =>
          vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
            'vscode.executeDefinitionProvider',
            uri,
            positionOf(document, 'Verify Payment', 2),
          ),
        links => links.length > 0,
      );
      const [target] = targets.map(link => ('targetUri' in link ? link.targetUri : link.uri));
      assert(target?.path.endsWith('/order-processing.asl.json'), `it is ${target?.path}`);
    });

    it('renames a state in mock and test files, too', async () => {
      const uri = workspaceFile('order-processing/order-processing.asl.json');
      const document = await vscode.workspace.openTextDocument(uri);
      const edit = await eventually(
        () =>
          vscode.commands.executeCommand<vscode.WorkspaceEdit>(
            'vscode.executeDocumentRenameProvider',
            uri,
            positionOf(document, '"Update Inventory": {', 3),
            'Reserve Stock',
          ),
        answer => answer.size > 0,
      );
      const names = edit.entries().map(([file]) => file.path.slice(file.path.lastIndexOf('/') + 1));
      assertEqual(names.toSorted(), [
        'MockConfigFile.json',
        'order-processing.asl.json',
        'order-processing.asltest.json',
      ]);
    });

    it('goes from a Task to the source of its function, through a template', async () => {
      const write = (name: string, text: string): Thenable<void> =>
        vscode.workspace.fs.writeFile(workspaceFile(`functions/${name}`), new TextEncoder().encode(text));
      await write('pay/app.ts', 'export const handler = () => 1;\n');
      await write(
        'template.yaml',
        'Resources:\n  PayFunction:\n    Type: AWS::Serverless::Function\n    Properties: { CodeUri: pay, Handler: app.handler }\n',
      );
      const document = await definition(
        '{"StartAt": "Pay", "States": {"Pay": {"Type": "Task", "Resource": "${PayFunctionArn}", "End": true}}}',
      );
      const targets = await eventually(
        () =>
          vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
            'vscode.executeImplementationProvider',
            document.uri,
            positionOf(document, 'PayFunctionArn', 2),
          ),
        links => links.length > 0,
      );
      const [target] = targets.map(link => ('targetUri' in link ? link.targetUri : link.uri));
      assert(target?.path.endsWith('/functions/pay/app.ts'), `it is ${target?.path}`);
    });

    it('shows the value of a path on a sample input', async () => {
      const uri = workspaceFile('order-processing/order-processing.asl.json');
      const document = await vscode.workspace.openTextDocument(uri);
      const hovers = await eventually(
        () =>
          vscode.commands.executeCommand<readonly vscode.Hover[]>(
            'vscode.executeHoverProvider',
            uri,
            positionOf(document, '$.amount', 4),
          ),
        answer => textOf(answer).includes('59.9'),
      );
      assert(textOf(hovers).includes('input'), `it says from where: ${textOf(hovers)}`);
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

function textOf(hovers: readonly vscode.Hover[]): string {
  return hovers
    .flatMap(({ contents }) =>
      contents.map(content => (typeof content === 'string' ? content : content.value)),
    )
    .join('\n');
}
