import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '#test/host/browser.ts';
import { projectRoot } from '#test/host/paths.ts';
import type { Start } from './samples.ts';

const tries = 7;
const origin = 'http://start.localhost';

/** What a fresh page does with a bundle; it says `done()` when the first answer is there. */
interface Part {
  readonly name: string;
  readonly bundle: string;
  readonly page: (script: string) => string;
}

const parts: readonly Part[] = [
  {
    name: 'server, web worker',
    bundle: 'server/main.browser.js',
    page: script =>
      workerPage(script, {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { processId: null, rootUri: null, capabilities: {} },
      }),
  },
  {
    name: 'adapter, web worker',
    bundle: 'debugger/main.browser.js',
    page: script =>
      workerPage(script, {
        type: 'protocol',
        message: { seq: 1, type: 'request', command: 'initialize', arguments: { adapterID: 'asl' } },
      }),
  },
  {
    name: 'client for the web, evaluated with a stand-in for vscode',
    bundle: 'client/main.browser.cjs',
    page: script => `<script>
      const anything = new Proxy(class {}, { get: (target, name) => name === 'prototype' ? target.prototype : anything });
      const started = performance.now();
      new Function('require', 'module', 'exports', ${inScript(script)})(() => anything, { exports: {} }, {});
      done(performance.now() - started);
    </script>`,
  },
  {
    name: "the graph's page, until it asks for its graph",
    bundle: 'webview/main.js',
    page: () => `<link rel="stylesheet" href="/webview/style.css"><main id="graph"></main>
      <script>
        const acquireVsCodeApi = () => ({
          postMessage: () => done(performance.now()),
          getState: () => null,
          setState: () => undefined,
        });
      </script>
      <script src="/webview/main.js"></script>`,
  },
];

/** Starts each browser bundle in Chromium, in a page that has nothing else to do. */
export async function startsInBrowser(): Promise<readonly Start[]> {
  const browser = await launchBrowser();
  const { page } = browser;
  const answers: ((milliseconds: number) => void)[] = [];
  await page.exposeFunction('done', (milliseconds: number) => answers.shift()?.(milliseconds));
  const starts: Start[] = [];
  for (const { name, bundle, page: pageOf } of parts) {
    const html = pageOf(readFileSync(path.join(projectRoot, 'dist', bundle), 'utf8'));
    await serve(page, html);
    const wall: number[] = [];
    for (let attempt = 0; attempt < tries; attempt++) {
      const answered = new Promise<number>(resolve => answers.push(resolve));
      await page.goto(`${origin}/`);
      wall.push(await answered);
    }
    starts.push({ name, wall });
  }
  await browser.close();
  return starts;
}

/** Starts a worker and asks it the first thing that its client asks. */
function workerPage(script: string, message: object): string {
  return `<script>
    const source = URL.createObjectURL(new Blob([${inScript(script)}], { type: 'text/javascript' }));
    const started = performance.now();
    const worker = new Worker(source);
    worker.onmessage = () => { worker.onmessage = null; done(performance.now() - started); };
    worker.postMessage(${JSON.stringify(message)});
  </script>`;
}

function inScript(text: string): string {
  return JSON.stringify(text).replaceAll('</', String.raw`<\/`);
}

async function serve(page: Page, html: string): Promise<void> {
  await page.unrouteAll();
  await page.route(`${origin}/**`, async route => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html });
    else await route.fulfill({ path: path.join(projectRoot, 'dist', pathname) });
  });
}
