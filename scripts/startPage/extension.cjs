const vscode = require('vscode');

exports.activate = async function activate() {
  // After a reload the user finds what was open before.
  if (vscode.window.tabGroups.all.some(group => group.tabs.length > 0)) return;
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) return;
  const example = vscode.Uri.joinPath(folder.uri, 'user-registration/user-registration.asl.json');
  await vscode.window.showTextDocument(example);
  await vscode.commands.executeCommand('stepwise.showGraph');
};
