import { strict as assert } from 'node:assert';
import { lineOf, placeAfter } from './places.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'user-registration.asl.json';

/** In a folder that the user does not trust: writing and looking, but not running. */
export function restrictedSpec(target: Target): void {
  describe('untrusted workspace', () => {
    let session: Session;

    before(async () => {
      session = await openSession(target, {
        trust: 'asked',
        settings: { 'security.workspace.trust.startupPrompt': 'never' },
      });
      await session.workbench.openFile(`user-registration/${file}`);
    });

    after(async () => session?.close());

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.workbench.screenshot('FAILED-restricted');
    });

    it('is restricted, and still checks and draws definitions', async () => {
      const { workbench } = session;
      await workbench.statusItem('Restricted Mode').waitFor({ timeout: 30_000 });
      await workbench.goTo(placeAfter(file, '"Next": "Send Welcome Mail'));
      await workbench.page.keyboard.type('er');
      await workbench.problems({ errors: 1, warnings: 0 });
      await workbench.page.keyboard.press('Control+z');
      await workbench.problems({ errors: 0, warnings: 0 });
      await workbench.runCommand('Stepwise: Show Graph');
      await workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
    });

    it('refuses to debug and says why', async () => {
      const { workbench } = session;
      const line = lineOf(file, '"Send Welcome Mail": {');
      await workbench.showTab(file);
      await workbench.goTo({ line });
      await workbench.page.keyboard.press('F5');
      const reason = workbench.page.getByText(/trust/i).first();
      await reason.waitFor({ timeout: 30_000 });
      await workbench.screenshot('restricted-debug');
      await workbench.page.keyboard.press('Escape');
      assert.equal(await workbench.debugToolbar.isVisible(), false);
    });
  });
}
