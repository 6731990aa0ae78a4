import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { placeAfter } from './places.ts';
import { languageServers } from './processes.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'user-registration.asl.json';

/** What an extension that was disabled leaves behind: nothing; and enabled again it is as before. */
export function disabledSpec(target: Target): void {
  describe('disabled and enabled again', () => {
    let session: Session;
    let files: readonly string[];
    const filesThere = (): readonly string[] =>
      readdirSync(session.workspace, { recursive: true, encoding: 'utf8' }).toSorted();

    before(async () => {
      session = await openSession(target);
      files = filesThere();
      await session.workbench.openFile(`user-registration/${file}`);
    });

    after(async () => session?.close());

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.workbench.screenshot('FAILED-disabled');
    });

    it('draws and debugs at first', async () => {
      const { workbench } = session;
      await workbench.runCommand('Stepwise: Show Graph');
      await workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
      await workbench.showTab(file);
      await workbench.page.keyboard.press('F5');
      await workbench.pick('Registered');
      await workbench.debuggerEnded();
      assert.equal(languageServers(session).length, 1);
    });

    it('leaves no process, no file and no word of it behind', async () => {
      const { workbench } = session;
      await workbench.runCommand('Extensions: Disable All Installed Extensions for this Workspace');
      await workbench.runCommand('Developer: Reload Window');
      await workbench.statusItem('5 states').waitFor({ state: 'hidden', timeout: 60_000 });
      await workbench.showTab(file);
      await workbench.until(() => Promise.resolve(languageServers(session).length === 0));
      await workbench.languageShown('JSON');
      assert.equal(await workbench.offersCommand('Stepwise: New State Machine'), false);
      assert.deepEqual(filesThere(), files);
    });

    it('serves the file when it is enabled again', async () => {
      const { workbench } = session;
      await workbench.runCommand('Extensions: Enable All Extensions for this Workspace');
      await workbench.runCommand('Developer: Reload Window');
      await workbench.statusItem('5 states').waitFor({ timeout: 90_000 });
      await workbench.showTab(file);
      await workbench.goTo(placeAfter(file, '"Next": "Send Welcome Mail'));
      await workbench.page.keyboard.type('er');
      await workbench.problems({ errors: 1, warnings: 0 });
      assert.equal(languageServers(session).length, 1);
    });
  });
}
