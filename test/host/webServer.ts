import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import path from 'node:path';
import { onCleanup } from './cleanup.ts';
import { freePort } from './codeServer.ts';
import type { InstalledHost } from './install.ts';
import { quietSettings } from './settings.ts';

/** What the serverless workbench shows. */
export interface WebOptions {
  /** Folder of the unpacked extension; it is loaded as a web extension (`browser` in its package.json). */
  readonly extensionFolder: string;
  /** Folder whose text files fill a workspace in memory. */
  readonly workspace: string;
  /** A CommonJS file to run in the web worker extension host; its `run()` decides the exit code. */
  readonly testModule?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** VS Code as vscode.dev serves it: files for a browser and nothing that runs on a server. */
export interface WebServer {
  /** The page with the workbench, the workspace open in it. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Serves VS Code for the web out of code-server's files.
 *
 * It must be reached as `localhost`: each webview then gets an origin of its own below it, so that
 * webviews are as foreign to the page as they are on vscode.dev.
 */
export async function startWebServer(host: InstalledHost, options: WebOptions): Promise<WebServer> {
  const port = await freePort();
  const site = makeSite(host, options, port);
  const server = createServer((request, response) => {
    try {
      answer(site, request, response);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const stop = onCleanup(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://localhost:${port}/`, stop };
}

/** What is served: some documents made here, and folders from disk. */
interface Site {
  readonly documents: ReadonlyMap<string, { readonly type: string; readonly body: string | Buffer }>;
  /** The first whose name a path begins with answers. */
  readonly folders: ReadonlyMap<string, string>;
}

/** VS Code runs tests in the host of the extension that they lie in. */
const testsPath = '/extension/.tests';

const workbenchPath = 'out/vs/code/browser/workbench';

function makeSite(host: InstalledHost, options: WebOptions, port: number): Site {
  const script = readFileSync(path.join(host.vscodeFolder, workbenchPath, 'workbench.js'), 'utf8');
  const html = readFileSync(path.join(host.vscodeFolder, workbenchPath, 'workbench.html'), 'utf8');
  const testFolder =
    options.testModule === undefined ? [] : [[testsPath, path.dirname(options.testModule)] as const];
  return {
    documents: new Map([
      ['/', { type: 'text/html', body: fillTemplate(html, configuration(options, port), port) }],
      [`/vscode/${workbenchPath}/workbench.js`, { type: 'text/javascript', body: withoutRemote(script) }],
      ['/workspace.json', { type: 'application/json', body: JSON.stringify(textFiles(options.workspace)) }],
      ['/manifest.json', { type: 'application/json', body: '{}' }],
      // The workbench encrypts what it stores with a key from its server; a constant one will do.
      ['/mint-key', { type: 'application/octet-stream', body: Buffer.alloc(32, 7) }],
    ]),
    folders: new Map([
      ...testFolder,
      ['/vscode', host.vscodeFolder],
      ['/extension', options.extensionFolder],
      ['/virtual-workspace', path.join(import.meta.dirname, 'virtualWorkspace')],
    ]),
  };
}

/** code-server gives every window a remote; undoing its two changes makes the workbench serverless again. */
function withoutRemote(script: string): string {
  const changes = [
    [/remoteAuthority:location\.host\}/g, 'remoteAuthority:void 0}'],
    [/(\.with\(\{scheme:\w+\.)vscodeRemote(\}\),"User"\))/g, '$1vscodeUserData$2'],
  ] as const;
  return changes.reduce((text, [find, replacement]) => {
    const count = [...text.matchAll(find)].length;
    if (count !== 1) throw new Error(`workbench.js has ${count} places like ${find} instead of one`);
    return text.replace(find, replacement);
  }, script);
}

/** The options that an embedder of VS Code for the web passes to it. */
function configuration(options: WebOptions, port: number): object {
  const uri = (file: string): object => ({ scheme: 'http', authority: `localhost:${port}`, path: file });
  const webview = `http://{{uuid}}.localhost:${port}/vscode`;
  const { testModule } = options;
  return {
    folderUri: { scheme: 'stepwise-test', authority: '', path: '/' },
    userDataPath: '/',
    // Asked for by code-server's changes to the workbench.
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    additionalBuiltinExtensions: [uri('/virtual-workspace')],
    configurationDefaults: { ...quietSettings, ...options.settings },
    developmentOptions: {
      extensions: [uri('/extension')],
      ...(testModule === undefined
        ? {}
        : { extensionTestsPath: uri(`${testsPath}/${path.basename(testModule)}`) }),
    },
    productConfiguration: {
      enableTelemetry: false,
      webEndpointUrlTemplate: webview,
      webviewContentExternalBaseUrlTemplate: `${webview}/out/vs/workbench/contrib/webview/browser/pre/`,
    },
  };
}

function fillTemplate(html: string, settings: object, port: number): string {
  const base = `http://localhost:${port}/vscode`;
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(settings).replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    WORKBENCH_WEB_BASE_URL: base,
    WORKBENCH_NLS_FALLBACK_URL: `${base}/out/nls.messages.js`,
    WORKBENCH_NLS_URL: `${base}/out/nls.messages.js`,
    WORKBENCH_SCRIPT_NONCE: 'nonce',
  };
  return html.replaceAll(/\{\{([A-Z_]+)\}\}/g, (_, name: string) => values[name] ?? '');
}

function textFiles(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const names = files.map(file => path.relative(folder, path.join(file.parentPath, file.name)));
  return Object.fromEntries(
    names.map(name => [name.replaceAll('\\', '/'), readFileSync(path.join(folder, name), 'utf8')]),
  );
}

const types: Readonly<Record<string, string>> = {
  '.cjs': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

function answer(site: Site, request: IncomingMessage, response: ServerResponse): void {
  const pathname = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  // Workers and webviews have other origins than the page.
  response.setHeader('Access-Control-Allow-Origin', '*');
  const document = site.documents.get(pathname);
  if (document !== undefined) {
    response.setHeader('Content-Type', document.type);
    response.end(document.body);
    return;
  }
  const file = fileOf(site, pathname);
  if (file !== undefined) {
    response.setHeader('Content-Type', types[path.extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
    return;
  }
  // code-server carries no browser bundles of some built-in extensions; their errors would hide our messages.
  const isBuiltIn = /^\/vscode\/extensions\/.*\.js$/.test(pathname);
  response.writeHead(isBuiltIn ? 200 : 404).end();
}

function fileOf(site: Site, pathname: string): string | undefined {
  const entry = [...site.folders].find(([prefix]) => pathname.startsWith(`${prefix}/`));
  if (entry === undefined) return undefined;
  const [prefix, folder] = entry;
  const file = path.join(folder, pathname.slice(prefix.length));
  const isBelow = file.startsWith(folder + path.sep);
  return isBelow && statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined;
}
