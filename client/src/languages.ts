import type { TextDocument } from 'vscode';

/**
 * The languages whose files are definitions from end to end: the ids of the AWS Toolkit, and our own,
 * which files get where Stepwise takes over from it (`toolkit.ts`).
 */
export const aslLanguages = ['asl', 'asl-yaml', 'stepwise-asl', 'stepwise-asl-yaml'] as const;

export function isAsl(document: TextDocument): boolean {
  return (aslLanguages as readonly string[]).includes(document.languageId);
}
