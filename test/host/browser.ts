import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import { chromium } from './chromium.ts';
import { onCleanup } from './cleanup.ts';
import { temporaryRoot } from './paths.ts';

/** A browser with one page, in a profile of its own. */
export interface Browser {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Hosts other than this machine that were asked for something; a test can demand that there are none. */
  readonly foreignHosts: ReadonlySet<string>;
  close(): Promise<void>;
}

/** What may differ from one browser to the next. */
export interface BrowserOptions {
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** Starts a browser without a window. */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const executablePath = await chromium();
  const profile = mkdtempSync(path.join(temporaryRoot, 'stepwise-chromium-'));
  const removeProfile = onCleanup(() => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }));
  allowThirdPartyCookies(profile);

  const context = await playwright.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: options.width ?? 1400, height: options.height ?? 900 },
    reducedMotion: options.reducedMotion ?? 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    // Signals are handled in cleanup.ts, in one order for everything.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const closeContext = onCleanup(() => context.close());
  const foreignHosts = new Set<string>();
  context.on('request', request => {
    const { protocol, hostname, host } = new URL(request.url());
    if (protocol.startsWith('http') && !isThisMachine(hostname)) foreignHosts.add(host);
  });

  const close = async (): Promise<void> => {
    await closeContext();
    await removeProfile();
  };
  return { page: context.pages()[0] ?? (await context.newPage()), context, foreignHosts, close };
}

/** Without them Chromium refuses the service worker of a webview that has an origin of its own. */
function allowThirdPartyCookies(profile: string): void {
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  mkdirSync(path.join(profile, 'Default'));
  writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
}

function isThisMachine(hostname: string): boolean {
  // Webview resources have made-up names that a service worker answers inside the page.
  return (
    hostname === '127.0.0.1' ||
    /(?:^|\.)localhost$/.test(hostname) ||
    hostname.endsWith('.vscode-resource.vscode-cdn.net')
  );
}
