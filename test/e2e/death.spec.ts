import { strict as assert } from 'node:assert';
import { placeAfter } from './places.ts';
import { languageServers } from './processes.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'user-registration.asl.json';

/** What the user sees when a process of ours is killed. */
export function deathSpec(target: Target): void {
  describe('when the language server is killed', () => {
    let session: Session;

    before(async () => {
      session = await openSession(target);
      await session.workbench.openFile(`user-registration/${file}`);
    });

    after(async () => session?.close());

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.workbench.screenshot('FAILED-death');
    });

    it('starts it again, says so, and checks on', async () => {
      const { workbench } = session;
      await workbench.runCommand('Stepwise: Show Graph');
      await workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
      const [first] = languageServers(session);
      assert.ok(first !== undefined, 'it runs');
      process.kill(first, 'SIGKILL');
      await workbench.notification('was started again').waitFor({ timeout: 30_000 });
      await workbench.until(() => Promise.resolve(languageServers(session).length === 1));
      assert.notEqual(languageServers(session)[0], first);
      await workbench.showTab(file);
      await workbench.goTo(placeAfter(file, '"Next": "Send Welcome Mail'));
      await workbench.page.keyboard.type('er');
      await workbench.problems({ errors: 1, warnings: 0 });
      const missing = workbench.webview.locator('g.node').filter({ hasText: 'Send Welcome Mailer' });
      await missing.first().waitFor({ timeout: 30_000 });
      await workbench.page.keyboard.press('Control+z');
      await workbench.problems({ errors: 0, warnings: 0 });
    });

    it('stays off after the fifth time, until it is restarted by command', async () => {
      const { workbench } = session;
      for (let deaths = 1; deaths < 5; deaths++) {
        await workbench.until(() => Promise.resolve(languageServers(session).length === 1));
        // A moment to answer: it is not killed while it starts, which would be another case.
        await workbench.page.waitForTimeout(1000);
        for (const processId of languageServers(session)) process.kill(processId, 'SIGKILL');
        await workbench.until(() =>
          Promise.resolve(languageServers(session).length === (deaths < 4 ? 1 : 0)),
        );
      }
      await workbench.notification('stays off').waitFor({ timeout: 30_000 });
      await workbench.screenshot('server-stays-off');
      await workbench.runCommand('Stepwise: Restart Language Server');
      await workbench.until(() => Promise.resolve(languageServers(session).length === 1));
    });
  });
}
