/** One release of VS Code's server build, pinned with all that is needed to run it from npm alone. */
export interface HostVersion {
  readonly name: 'newest' | 'oldest';
  /** Version of the npm package `code-server`. */
  readonly codeServer: string;
  /** Version of VS Code inside it. */
  readonly vscode: string;
  /** Version of Node to run it with: the one that this release was made for. */
  readonly node: string;
  /** Prebuilt file watcher; it is an optional dependency there, and those are left out. */
  readonly watcher: string;
  /** Prebuilt search program, where VS Code's own would be downloaded from GitHub. */
  readonly ripgrep?: string;
  /** Native modules of VS Code without a prebuilt binary; the others are not needed to edit and debug. */
  readonly editorModules: readonly string[];
  /** The same for code-server around it. */
  readonly serverModules: readonly string[];
}

/** The VS Code that in-host and end-to-end tests use unless told otherwise. */
export const newestHost: HostVersion = {
  name: 'newest',
  codeServer: '4.139.1',
  vscode: '1.139.1',
  node: '24.21.0',
  watcher: '2.5.6',
  editorModules: ['@vscode/spdlog', '@vscode/native-watchdog'],
  serverModules: [],
};

/** The oldest VS Code that `engines.vscode` promises. */
export const oldestHost: HostVersion = {
  name: 'oldest',
  codeServer: '4.100.3',
  vscode: '1.100.3',
  node: '20.20.2',
  watcher: '2.5.1',
  ripgrep: '1.18.0',
  editorModules: ['@vscode/spdlog', 'native-watchdog'],
  serverModules: ['argon2'],
};

/** The host that a command line or the environment names; without a name the newest. */
export function hostVersion(name: string | undefined): HostVersion {
  switch (name) {
    case undefined:
    case '':
    case 'newest':
      return newestHost;
    case 'oldest':
      return oldestHost;
    default:
      throw new Error(`No VS Code host named '${name}': choose 'newest' or 'oldest'`);
  }
}
