/* What the AWS Toolkit does to definitions, as far as it meets us: completions, findings, an editor of its own. */
const vscode = require('vscode');

const selector = ['asl', 'asl-yaml'];

exports.activate = function activate(context) {
  const findings = vscode.languages.createDiagnosticCollection('asl');
  const check = document => {
    if (!selector.includes(document.languageId)) return;
    const range = new vscode.Range(0, 0, 0, 1);
    findings.set(document.uri, [new vscode.Diagnostic(range, 'The Toolkit looked at this.')]);
  };
  context.subscriptions.push(
    findings,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidCloseTextDocument(document => findings.delete(document.uri)),
    vscode.languages.registerCompletionItemProvider(
      selector,
      { provideCompletionItems: () => [new vscode.CompletionItem('From the Toolkit')] },
      '"',
    ),
    vscode.window.registerCustomEditorProvider('workflowStudio.asl', {
      resolveCustomTextEditor: (_document, panel) => {
        panel.webview.html = '<h1>Workflow Studio</h1>';
      },
    }),
  );
  vscode.workspace.textDocuments.forEach(check);
};
