import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { graphHtml } from '#client/graph/graphHtml.ts';
import type { GraphDrawing } from '#protocol/graph.ts';
import { translatedTexts } from '#protocol/graphTexts.ts';
import type { FromPage, Layout, ToPage } from '#protocol/webview.ts';
import { launchBrowser, type Browser } from '#test/host/browser.ts';
import { projectRoot } from '#test/host/paths.ts';
import { pageBundle } from './bundle.ts';
import { bodyClasses, rootStyle, type Theme } from './themes.ts';

const frame =
  '<!doctype html><iframe src="/" style="position:fixed;inset:0;width:100%;height:100%;border:0"></iframe>';

/** The graph's page in Chromium, under its real policy, with the test in the place of VS Code. */
export class GraphPage {
  readonly page: Page;
  readonly #browser: Browser;
  /** What the page could not do or should not have done: errors, and what its policy blocked. */
  readonly problems: string[] = [];
  #sequence = 0;
  #html = '';
  #origin: string | undefined;
  #server: Server | undefined;
  readonly #isFramed: boolean;
  /** What the extension makes of each English text of the page. */
  readonly #translate: (text: string) => string;

  private constructor(browser: Browser, isFramed: boolean, translate: (text: string) => string) {
    this.#browser = browser;
    this.#isFramed = isFramed;
    this.#translate = translate;
    this.page = browser.page;
    this.page.on('pageerror', error => this.problems.push(error.message));
    this.page.on('console', message => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  static async open(
    options: {
      readonly theme?: Theme;
      readonly width?: number;
      readonly height?: number;
      readonly reducedMotion?: 'reduce' | 'no-preference';
      readonly translate?: (text: string) => string;
      /** In a frame, as VS Code has it: once a second Chromium looks for advertisements in a page at the top. */
      readonly isFramed?: boolean;
    } = {},
  ): Promise<GraphPage> {
    const graph = new GraphPage(
      await launchBrowser({ width: 900, height: 1000, reducedMotion: 'reduce', ...options }),
      options.isFramed ?? false,
      options.translate ?? (text => text),
    );
    await graph.load(options.theme ?? 'dark');
    return graph;
  }

  /** Where the page is: at the top, or in the frame. */
  get content(): Frame {
    return (this.#isFramed && this.page.mainFrame().childFrames()[0]) || this.page.mainFrame();
  }

  /** Loads the page anew, as a reload of the window does: only its state outlives that. */
  async load(theme: Theme): Promise<void> {
    const origin = (this.#origin ??= await this.#serve());
    const html = graphHtml(
      {
        cspSource: origin,
        asWebviewUri: (uri: { path: string }) => ({ toString: () => `${origin}${uri.path}` }),
      } as never,
      {
        script: { path: '/main.js' } as never,
        style: { path: '/style.css' } as never,
        title: 'Graph',
        texts: translatedTexts(this.#translate),
        language: 'en',
      },
    )
      .replace('<html ', `<html style="${rootStyle(theme).replaceAll('"', "'")}" `)
      .replace('class="stepwise"', `class="stepwise ${bodyClasses[theme]}"`);
    this.#html = html;
    await this.page.goto(`${origin}/${this.#isFramed ? 'frame.html' : ''}`);
    await this.content.waitForFunction(
      () => 'sent' in window && Array.isArray(window.sent) && window.sent.length > 0,
    );
  }

  /** Serves page, script and style as a browser gets them, on a port of its own; gives its origin. */
  async #serve(): Promise<string> {
    const { script, style } = await pageBundle();
    await this.#actAsHost();
    this.#server = createServer(({ url }, response) => {
      const [type, body] =
        url === '/main.js'
          ? ['text/javascript', script]
          : url === '/style.css'
            ? ['text/css', style]
            : url === '/frame.html'
              ? ['text/html', frame]
              : ['text/html', this.#html];
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    });
    const server = this.#server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Gives the page what VS Code gives it, each time it is loaded. */
  async #actAsHost(): Promise<void> {
    await this.page.addInitScript(() => {
      const sent: unknown[] = [];
      Object.assign(window, {
        sent,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => sent.push(message),
          getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
          setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
        }),
      });
    });
  }

  /** Forgets what the page has asked VS Code to keep. */
  async forget(): Promise<void> {
    await this.content.evaluate(() => {
      sessionStorage.clear();
    });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server?.close();
  }

  /** Changes the colours of a page that is open, as VS Code does when another theme is chosen. */
  async setTheme(theme: Theme): Promise<void> {
    await this.content.evaluate(
      ([style, classes]) => {
        document.documentElement.setAttribute('style', style ?? '');
        document.body.className = `stepwise ${classes ?? ''}`;
      },
      [rootStyle(theme), bodyClasses[theme]],
    );
  }

  async post(message: ToPage): Promise<void> {
    await this.content.evaluate(message => {
      window.postMessage(message, '*');
    }, message);
  }

  /** What the page has sent of a kind. */
  async sent<Type extends FromPage['type']>(
    type: Type,
  ): Promise<readonly Extract<FromPage, { type: Type }>[]> {
    const all = await this.content.evaluate(() => (window as unknown as { sent: FromPage[] }).sent);
    return all.filter((message): message is Extract<FromPage, { type: Type }> => message.type === type);
  }

  /** Shows a drawing and waits until it stands; answers how long it took by the page's clock. */
  async show(drawing: GraphDrawing, extra: DrawingExtra = {}): Promise<number> {
    const sequence = ++this.#sequence;
    await this.post(drawingMessage(drawing, sequence, extra));
    return this.#drawn(sequence);
  }

  /** Brings a drawing into the page; gives what shows it, so that its way there can be left out of a measurement. */
  async prepare(drawing: GraphDrawing): Promise<() => Promise<number>> {
    const sequence = ++this.#sequence;
    await this.content.evaluate(
      message => {
        Object.assign(window, { prepared: message });
      },
      drawingMessage(drawing, sequence),
    );
    await this.frame();
    return async () => {
      await this.content.evaluate(() => {
        window.postMessage((window as unknown as { prepared: unknown }).prepared, '*');
      });
      return this.#drawn(sequence);
    };
  }

  async #drawn(sequence: number): Promise<number> {
    await this.content.waitForFunction(
      wanted =>
        (window as unknown as { sent: FromPage[] }).sent.some(
          message => (message.type === 'drawn' || message.type === 'failed') && message.sequence === wanted,
        ),
      sequence,
      { timeout: 60_000 },
    );
    const [failed] = (await this.sent('failed')).filter(message => message.sequence === sequence);
    if (failed) throw new Error(failed.message);
    const [drawn] = (await this.sent('drawn')).filter(message => message.sequence === sequence);
    await this.frame();
    return drawn?.milliseconds ?? Number.NaN;
  }

  /** Waits until what was posted before has been painted. */
  async frame(): Promise<void> {
    await this.content.evaluate(
      () =>
        new Promise<void>(resolve => {
          setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
        }),
    );
  }

  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }

  /** Rules of accessibility that the page breaks, one line each. */
  async axe(): Promise<readonly string[]> {
    const source = readFileSync(path.join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');
    await this.content.evaluate(source);
    return await this.content.evaluate(async () => {
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) =>
        nodes
          // Of a name that is cut off in its box a listener hears all.
          .filter(
            ({ target }) =>
              id !== 'label-content-name-mismatch' ||
              document.querySelector(target[0] ?? '')?.textContent.includes('…') !== true,
          )
          .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
    });
  }
}

/** What may differ from the message that shows a drawing of a plain file. */
type DrawingExtra = Partial<Omit<Extract<ToPage, { type: 'drawing' }>, 'layout'>> & {
  readonly layout?: Partial<Layout>;
};

export function drawingMessage(drawing: GraphDrawing, sequence: number, extra: DrawingExtra = {}): ToPage {
  return {
    type: 'drawing',
    uri: 'file:///graph.asl.json',
    title: 'graph.asl.json',
    drawing,
    machines: ['graph'],
    note: '',
    ...extra,
    sequence,
    layout: { machine: 0, direction: 'TB', collapsed: [], ...extra.layout },
  };
}

interface Axe {
  run(): Promise<{
    violations: { id: string; nodes: { html: string; failureSummary: string; target: string[] }[] }[];
  }>;
}
