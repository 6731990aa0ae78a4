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
      const reason = workbench.page.locator('.monaco-dialog-box').filter({ hasText: /trust/i });
      await reason.waitFor({ timeout: 30_000 });
      await workbench.screenshot('restricted-debug');
      await workbench.page.keyboard.press('Escape');
      await reason.waitFor({ state: 'hidden', timeout: 30_000 });
      assert.equal(await workbench.debugToolbar.isVisible(), false);
    });

    it('refuses from the code lens as well, and offers no such command', async () => {
      const { workbench } = session;
      await workbench.goTo({ line: 1 });
      const lens = workbench.editor.locator('.codelens-decoration a').filter({ hasText: 'Debug' }).first();
      const reason = workbench.page.locator('.monaco-dialog-box').filter({ hasText: /trust/i });
      // A lens is drawn anew when its neighbours arrive, and loses a click that comes just then.
      await workbench.until(async () => {
        await lens.click({ timeout: 2000 }).catch(() => undefined);
        return reason.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        );
      });
      await workbench.screenshot('restricted-lens');
      await reason.getByRole('button', { name: 'Cancel' }).click();
      await reason.waitFor({ state: 'hidden', timeout: 30_000 });
      assert.equal(await workbench.debugToolbar.isVisible(), false);
      await workbench.page.keyboard.press('F1');
      await workbench.page.keyboard.type('Stepwise: ');
      const offered = workbench.page.locator('.quick-input-list .monaco-list-row');
      await offered.filter({ hasText: 'Stepwise: Show Graph' }).first().waitFor({ timeout: 30_000 });
      assert.equal(await offered.filter({ hasText: 'Stepwise: Run State Machine' }).count(), 0);
      assert.equal(await offered.filter({ hasText: 'Stepwise: Debug' }).count(), 0);
      await workbench.page.keyboard.press('Escape');
    });
  });
}
