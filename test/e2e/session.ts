import { type Browser, type BrowserOptions, launchBrowser } from '#test/host/browser.ts';
import { type CodeServer, type Extension, startCodeServer } from '#test/host/codeServer.ts';
import { installHost } from '#test/host/install.ts';
import { projectRoot } from '#test/host/paths.ts';
import { hostVersion } from '#test/host/versions.ts';
import { builtPackage, unpackedPackage } from '#test/host/vsix.ts';
import { startWebServer } from '#test/host/webServer.ts';
import { Workbench } from '#test/host/workbench.ts';
import { copyOfExamples } from '#test/host/workspace.ts';

/** Where and what the end-to-end tests run. */
export interface Target {
  readonly host: 'newest' | 'oldest' | 'web';
  readonly extension: 'packaged' | 'unpacked';
}

/** VS Code with the extension and a copy of the examples, on a screen that nobody sees. */
export interface Session {
  readonly workbench: Workbench;
  readonly browser: Browser;
  /** The folder that is open; a copy, which a test may change. */
  readonly workspace: string;
  /** VS Code's server, where there is one. */
  readonly server: CodeServer | undefined;
  close(): Promise<void>;
}

/** What may differ from one session to the next. */
export interface SessionOptions extends BrowserOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder to open instead of the examples. */
  readonly workspace?: string;
  /** Its explorer shows nothing that could be waited for. */
  readonly startsEmpty?: boolean;
  /** What the user has installed beside Stepwise. */
  readonly otherExtensions?: readonly Extension[];
  /** Whether folders are trusted from the start, as in most tests, or must be by the user. */
  readonly trust?: 'always' | 'asked';
  /** Display language that extensions are told of; English when absent. */
  readonly language?: string;
}

/** Opens VS Code as a user would find it and waits until the files show. */
export async function openSession(target: Target, options: SessionOptions = {}): Promise<Session> {
  const workspace = options.workspace ?? copyOfExamples();
  const { url, stop, server } =
    target.host === 'web'
      ? await serveWeb(target, workspace, options)
      : await serveNode(target, workspace, options);
  const browser = await launchBrowser(options);
  const workbench = new Workbench(browser.page);
  if (options.language !== undefined) await speak(browser, options.language);
  await browser.page.goto(url);
  if (options.startsEmpty) await workbench.painted();
  else await workbench.ready();
  const close = async (): Promise<void> => {
    await browser.close();
    await stop();
  };
  return { workbench, browser, workspace, server, close };
}

/** Tells the workbench its language as the texts of a language pack would; its own texts stay English without one. */
async function speak(browser: Browser, language: string): Promise<void> {
  await browser.page.addInitScript(chosen => {
    Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: chosen });
  }, language);
}

interface Served {
  readonly url: string;
  readonly server?: CodeServer;
  readonly stop: () => Promise<void>;
}

async function serveNode(
  target: Target,
  workspace: string,
  { settings = {}, otherExtensions = [], trust = 'always' }: SessionOptions,
): Promise<Served> {
  const host = await installHost(hostVersion(target.host));
  const extension: Extension =
    target.extension === 'packaged'
      ? { kind: 'packaged', vsix: builtPackage() }
      : { kind: 'unpacked', folder: projectRoot };
  const server = await startCodeServer(host, {
    extensions: [extension, ...otherExtensions],
    settings: trust === 'always' ? settings : { ...settings, 'security.workspace.trust.enabled': true },
    trust,
  });
  return { url: server.urlOf(workspace), server, stop: () => server.stop() };
}

async function serveWeb(
  target: Target,
  workspace: string,
  { settings = {} }: SessionOptions,
): Promise<Served> {
  const host = await installHost(hostVersion('newest'));
  const extensionFolder = target.extension === 'packaged' ? await unpackedPackage(host) : projectRoot;
  return await startWebServer(host, { extensionFolder, workspace, settings });
}
