import { assert } from './assert.ts';
import * as vscode from 'vscode';

/** A new definition that is in no file. */
export function definition(
  text: string,
  language: 'asl' | 'asl-yaml' = 'asl',
): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ language, content: text });
}

/** A file of the workspace, by its path below the folder. */
export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** The position of the n-th character after the first occurrence of a text. */
export function positionOf(document: vscode.TextDocument, text: string, after = 0): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert(offset >= 0, `the document contains ${text}`);
  return document.positionAt(offset + after);
}

/** Asks again until the answer satisfies the check, and returns it; fails with the last answer. */
export async function eventually<T>(
  ask: () => T | PromiseLike<T>,
  isGood: (answer: T) => boolean,
  seconds = 10,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isGood(answer)) return answer;
    assert(Date.now() < deadline, `still not so after ${seconds} s: ${JSON.stringify(answer)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
