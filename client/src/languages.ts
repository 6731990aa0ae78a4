import type { TextDocument } from 'vscode';

/**
 * The languages whose files are definitions from end to end: the ids of the AWS Toolkit, and our own,
 * which files get where Stepwise takes over from it (`toolkit.ts`).
 */
export const aslLanguages = ['asl', 'asl-yaml', 'stepwise-asl', 'stepwise-asl-yaml'] as const;

export function isAsl(document: TextDocument): boolean {
  return (aslLanguages as readonly string[]).includes(document.languageId);
}

/** URIs of the files of other languages that Stepwise serves, because the user wants it (`adoption.ts`). */
export const served = new Set<string>();

/** Whether there is a definition of ours in the document: it is one, or is served for one. */
export function holdsDefinition(document: TextDocument): boolean {
  return isAsl(document) || served.has(document.uri.toString());
}
