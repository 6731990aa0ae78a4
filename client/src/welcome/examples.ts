import { FileType, l10n, Uri, workspace } from 'vscode';

/** An example that ships with the extension; its folder and its definition have the same name. */
export interface Example {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** In the order in which they are best read. */
export function examples(): readonly Example[] {
  return [
    {
      name: 'hello-world',
      title: l10n.t('Hello world'),
      description: l10n.t('One Lambda function, tried again when it is busy'),
    },
    {
      name: 'user-registration',
      title: l10n.t('User registration'),
      description: l10n.t('A chain of Lambda functions; each failure ends in its own state'),
    },
    {
      name: 'order-processing',
      title: l10n.t('Order processing'),
      description: l10n.t('Error handling: payment and stock fail in different ways'),
    },
    {
      name: 'data-pipeline',
      title: l10n.t('Data pipeline'),
      description: l10n.t('A Map over records, variables and JSONata'),
    },
    {
      name: 'human-approval',
      title: l10n.t('Human approval'),
      description: l10n.t('Waits for a person with a task token and a timeout'),
    },
    {
      name: 'parallel-fan-out',
      title: l10n.t('Parallel fan-out'),
      description: l10n.t('Three branches at the same time, put together'),
    },
  ];
}

/** The folder of an example inside the extension. */
export function folderOf(extensionUri: Uri, example: Example): Uri {
  return Uri.joinPath(extensionUri, 'examples', example.name);
}

/** Copies a folder of files; files that are there already stay as they are. */
export async function copyFolder(from: Uri, to: Uri): Promise<void> {
  await workspace.fs.createDirectory(to);
  for (const [name, type] of await workspace.fs.readDirectory(from)) {
    if (type !== FileType.File) continue;
    const target = Uri.joinPath(to, name);
    if (!(await exists(target)))
      await workspace.fs.writeFile(target, await workspace.fs.readFile(Uri.joinPath(from, name)));
  }
}

export async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
