/* A file system in memory, filled with what the test server sends. CommonJS, as the web worker host wants it. */
const vscode = require('vscode');

const scheme = 'stepwise-test';

exports.activate = async function activate(context) {
  const listing = await fetch(`${context.extensionUri.toString(true)}/../workspace.json`);
  const files = new Map(
    Object.entries(await listing.json()).map(([name, text]) => [`/${name}`, encode(text)]),
  );
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider(scheme, provider(files), { isCaseSensitive: true }),
  );
};

function provider(files) {
  const changed = new vscode.EventEmitter();
  const isFolder = path => path === '/' || [...files.keys()].some(name => name.startsWith(`${path}/`));
  const fire = (type, uri) => changed.fire([{ type, uri }]);
  const existing = uri => {
    const content = files.get(uri.path);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat(uri) {
      if (isFolder(uri.path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      return { type: vscode.FileType.File, ctime: 0, mtime: Date.now(), size: existing(uri).byteLength };
    },
    readDirectory(uri) {
      const prefix = uri.path === '/' ? '/' : `${uri.path}/`;
      const below = [...files.keys()]
        .filter(name => name.startsWith(prefix))
        .map(name => name.slice(prefix.length));
      const names = new Set(below.map(name => name.split('/')[0]));
      return [...names].map(name => [
        name,
        isFolder(prefix + name) ? vscode.FileType.Directory : vscode.FileType.File,
      ]);
    },
    readFile: existing,
    writeFile(uri, content) {
      const type = files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
      files.set(uri.path, content);
      fire(type, uri);
    },
    delete(uri) {
      for (const name of files.keys()) {
        if (name === uri.path || name.startsWith(`${uri.path}/`)) files.delete(name);
      }
      fire(vscode.FileChangeType.Deleted, uri);
    },
    rename(from, to) {
      files.set(to.path, existing(from));
      files.delete(from.path);
      fire(vscode.FileChangeType.Deleted, from);
      fire(vscode.FileChangeType.Created, to);
    },
    // Folders exist by having files in them.
    createDirectory: () => undefined,
  };
}

function encode(text) {
  return new TextEncoder().encode(text);
}
