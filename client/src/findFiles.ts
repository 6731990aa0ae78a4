import { FileType, RelativePattern, Uri, workspace, type CancellationToken } from 'vscode';
import { fileLimits, fileNames, foreignFolders, type FileKind } from '#protocol/workspaceFiles.ts';

/**
 * The schemes that VS Code searches. For any other it waits for somebody who does, and mostly nobody comes: those
 * folders are walked.
 */
const searched: readonly string[] = ['file', 'vscode-remote', 'vscode-vfs'];

/** Folders below this depth are not walked. */
const deepest = 8;

/** The workspace's files of a kind, whatever its file systems are. */
export async function findFilesOf(kind: FileKind, token?: CancellationToken): Promise<readonly Uri[]> {
  const excluded = `**/{${foreignFolders.join(',')}}/**`;
  const found: Uri[] = [];
  for (const folder of workspace.workspaceFolders ?? []) {
    if (searched.includes(folder.uri.scheme)) {
      const pattern = new RelativePattern(folder, fileNames[kind].glob);
      found.push(...(await workspace.findFiles(pattern, excluded, fileLimits.files, token)));
    } else {
      await walk(folder.uri, fileNames[kind].pattern, 0, found, token);
    }
  }
  return found;
}

async function walk(
  folder: Uri,
  pattern: RegExp,
  depth: number,
  found: Uri[],
  token: CancellationToken | undefined,
): Promise<void> {
  if (depth > deepest || token?.isCancellationRequested) return;
  for (const [name, type] of await workspace.fs.readDirectory(folder)) {
    if (found.length >= fileLimits.files) return;
    const uri = Uri.joinPath(folder, name);
    if (type === FileType.File && pattern.test(name)) found.push(uri);
    if (type === FileType.Directory && !foreignFolders.includes(name))
      await walk(uri, pattern, depth + 1, found, token);
  }
}
