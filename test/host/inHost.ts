import type { Page } from 'playwright-core';
import type { CodeServer } from './codeServer.ts';
import type { WebServer } from './webServer.ts';

/** A test module to run inside the extension host, with the whole `vscode` API. */
export interface InHostRun {
  readonly server: CodeServer;
  readonly page: Page;
  /** The extension under development; a bare one when the real one is installed from a package. */
  readonly extensionFolder: string;
  /** A CommonJS file that exports `run()`. */
  readonly testModule: string;
  readonly workspace: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly onLog: (line: string) => void;
}

/** Runs a test module in the extension host; the answer is its exit code, or that time ran out. */
export async function runInHost(run: InHostRun): Promise<number | 'timeout'> {
  const { page, server } = run;
  await honourPayload(page);
  const { exitCode } = await listenToAutomation(page, run.onLog);
  const remote = (file: string): string => `vscode-remote://${new URL(server.baseUrl).host}${file}`;
  const payload = [
    ['extensionDevelopmentPath', remote(run.extensionFolder)],
    ['extensionTestsPath', remote(run.testModule)],
    ['skipWelcome', 'true'],
  ];
  await page.goto(`${server.urlOf(run.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return await within(run.timeout, exitCode);
}

/** The same in the web host, whose server was told of the test module when it started. */
export interface WebHostRun {
  readonly server: WebServer;
  readonly page: Page;
  /** Milliseconds. */
  readonly timeout: number;
  readonly onLog: (line: string) => void;
}

/** Runs the test module of a web server; the answer is its exit code, or that time ran out. */
export async function runInWebHost(run: WebHostRun): Promise<number | 'timeout'> {
  const { exitCode } = await listenToAutomation(run.page, run.onLog);
  await run.page.goto(run.server.url);
  return await within(run.timeout, exitCode);
}

/** VS Code calls these functions of its page while it runs extension tests. */
async function listenToAutomation(
  page: Page,
  onLog: (line: string) => void,
): Promise<{ readonly exitCode: Promise<number> }> {
  const { promise, resolve } = Promise.withResolvers<number>();
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
    onLog(args.join(' ')),
  );
  await page.exposeFunction('codeAutomationExit', resolve);
  // Wrapped, because awaiting this function must not wait for the exit.
  return { exitCode: promise };
}

/** Waits for a promise, but not for ever. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | 'timeout'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>(resolve => {
    timer = setTimeout(() => resolve('timeout'), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A built VS Code reads the payload of its URL only while its smoke test driver is enabled.
 *
 * The server's own switch would enable it for everybody, and the driver hides notifications; so the
 * configuration is changed for this page, as the workbench reads it. (Rewriting the document on its way
 * does not work: Chromium then takes it for a foreign one and refuses its WebSocket to this machine.)
 */
async function honourPayload(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // oxlint-disable-next-line typescript/unbound-method -- the proxy passes `this` on
    Element.prototype.getAttribute = new Proxy(Element.prototype.getAttribute, {
      apply(getAttribute, element: Element, args: [string]) {
        const value = getAttribute.apply(element, args);
        const isConfiguration =
          args[0] === 'data-settings' && element.id === 'vscode-workbench-web-configuration';
        if (!isConfiguration || value === null) return value;
        const configuration = JSON.parse(value) as { developmentOptions?: object };
        const developmentOptions = { ...configuration.developmentOptions, enableSmokeTestDriver: true };
        return JSON.stringify({ ...configuration, developmentOptions });
      },
    });
  });
}
