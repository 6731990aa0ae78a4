import { workspace, type CancellationToken, type Uri } from 'vscode';
import { findFilesOf } from '#client/findFiles.ts';
import { pathOf } from './adapter.ts';

/**
 * The definitions of the workspace by the names that ARNs call them: `Shipping` for `…/Shipping.asl.json`.
 *
 * Only for a program that starts executions: for any other nothing is searched, and there are none. Where two
 * files have the same name it means the one nearer to the program.
 */
export async function machinesOfWorkspace(
  program: Uri,
  token: CancellationToken | undefined,
): Promise<Readonly<Record<string, string>>> {
  if (!(await startsExecutions(program))) return {};
  const found = await findFilesOf('definitions', token);
  const machines = new Map<string, Uri>();
  for (const file of found.toSorted((one, other) => byNearness(program, one, other))) {
    const name = machineName(file);
    if (!machines.has(name)) machines.set(name, file);
  }
  return Object.fromEntries([...machines].map(([name, file]) => [name, pathOf(file)]));
}

/** In a mock file and in ARNs a state machine goes by the name of its file, without endings. */
export function machineName(uri: Uri): string {
  const name = uri.path.split('/').at(-1) ?? '';
  return name.replace(/\.(asl\.json|asl\.ya?ml|asl|json|ya?ml)$/i, '');
}

async function startsExecutions(program: Uri): Promise<boolean> {
  try {
    return (await workspace.openTextDocument(program)).getText().includes('startExecution');
  } catch {
    // The debugger reads the file again and says why it cannot be read.
    return false;
  }
}

/** Orders by the folders that a file shares with the program, then by how deep it lies, then by its path. */
function byNearness(program: Uri, one: Uri, other: Uri): number {
  return (
    sharedFolders(program, other) - sharedFolders(program, one) ||
    foldersOf(one).length - foldersOf(other).length ||
    (one.path < other.path ? -1 : 1)
  );
}

function sharedFolders(program: Uri, file: Uri): number {
  const theirs = foldersOf(file);
  const firstOther = foldersOf(program).findIndex((folder, index) => folder !== theirs[index]);
  return firstOther < 0 ? foldersOf(program).length : firstOther;
}

function foldersOf({ path }: Uri): readonly string[] {
  return path.split('/').slice(0, -1);
}
