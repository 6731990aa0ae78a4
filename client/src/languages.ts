import type { TextDocument } from 'vscode';

/** The languages whose files are definitions from end to end; the ids are those of the AWS Toolkit. */
export const aslLanguages = ['asl', 'asl-yaml'] as const;

export function isAsl(document: TextDocument): boolean {
  return (aslLanguages as readonly string[]).includes(document.languageId);
}
