import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Browser, launchBrowser } from '#test/host/browser.ts';
import { onCleanup } from '#test/host/cleanup.ts';
import { freePort } from '#test/host/codeServer.ts';
import { projectRoot } from '#test/host/paths.ts';
import { killGroup } from '#test/host/process.ts';
import { Workbench } from '#test/host/workbench.ts';

/** What the readme promises of `npm start`. */
export function startSpec(): void {
  describe('npm start -- --browser', () => {
    it('serves VS Code with an example and its graph, and ends with Ctrl+C', async () => {
      const started = await start(await freePort());
      let browser: Browser | undefined;
      try {
        browser = await launchBrowser();
        await browser.page.goto(started.url);
        const workbench = new Workbench(browser.page);
        await workbench.ready();
        await workbench.tab('user-registration.asl.json').waitFor({ timeout: 30_000 });
        const node = workbench.webview.locator('g.node').filter({ hasText: 'Send Welcome Mail' });
        await node.first().waitFor({ timeout: 30_000 });
        await workbench.screenshot('npm-start');
      } finally {
        await browser?.close();
        await started.interrupt();
      }
    });
  });
}

/** Starts it as a user's shell would and reads the address that it prints. */
async function start(
  port: number,
): Promise<{ readonly url: string; readonly interrupt: () => Promise<void> }> {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--browser', '--port', String(port)], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const kill = onCleanup(() => killGroup(child));
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
  });
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/127\.0\.0\.1\S+/.exec(line)?.[0];
    if (url !== undefined) {
      const interrupt = async (): Promise<void> => {
        child.kill('SIGINT');
        await exited;
        await kill();
      };
      return { url, interrupt };
    }
  }
  throw new Error('npm start ended without an address');
}
