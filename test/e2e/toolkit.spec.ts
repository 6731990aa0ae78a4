import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lineOf, placeAfter } from './places.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'user-registration.asl.json';
const afterNext = placeAfter(file, '"Next": "Send Welcome Mail');

/** Beside the AWS Toolkit, which knows the same files: asked once, and then everything once. */
export function toolkitSpec(target: Target): void {
  describe('beside the AWS Toolkit', () => {
    let session: Session;

    before(async () => {
      const folder = path.join(import.meta.dirname, '../host/fakeToolkit');
      session = await openSession(target, { otherExtensions: [{ kind: 'unpacked', folder }] });
    });

    after(async () => session?.close());

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.workbench.screenshot('FAILED-toolkit');
    });

    it('asks once who shall serve the files', async () => {
      const { workbench } = session;
      await quickOpen(session, file);
      await workbench.notification('AWS Toolkit').waitFor({ timeout: 30_000 });
      await workbench.screenshot('toolkit-offer');
      await workbench.page.getByRole('button', { name: 'Use Stepwise' }).click();
      // It was open in Workflow Studio.
      await workbench.languageShown('Amazon States Language (JSON, Stepwise)');
    });

    it('shows the definition as text, with our findings and completions alone', async () => {
      const { workbench } = session;
      await workbench.goTo(afterNext);
      await workbench.page.keyboard.type('er');
      await workbench.problems({ errors: 1, warnings: 0 });
      await workbench.page.keyboard.press('Control+z');
      await workbench.problems({ errors: 0, warnings: 0 });
      await workbench.goTo(placeAfter(file, '"Next": "'));
      await workbench.page.keyboard.press('Control+Space');
      const suggestions = workbench.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
      await suggestions.first().waitFor({ timeout: 30_000 });
      const labels = await suggestions.allInnerTexts();
      assert.ok(
        labels.some(label => label.includes('Send Welcome Mail')),
        labels.join(', '),
      );
      assert.deepEqual(labels, [...new Set(labels)]);
      assert.ok(!labels.includes('From the Toolkit'), labels.join(', '));
      await workbench.page.keyboard.press('Escape');
    });

    it('draws the graph and debugs', async () => {
      const { workbench } = session;
      await workbench.runCommand('Stepwise: Show Graph');
      const node = workbench.webview.locator('g.node').filter({ hasText: 'Send Welcome Mail' });
      await node.first().waitFor({ timeout: 30_000 });
      assert.equal(await node.count(), 1);
      await workbench.showTab(file);
      const line = lineOf(file, '"Send Welcome Mail": {');
      await workbench.goTo({ line });
      await workbench.clickGutter(line);
      await workbench.page.keyboard.press('F5');
      await workbench.pick('Registered');
      await workbench.stoppedOn(line);
      await workbench.screenshot('toolkit-debugging');
      await workbench.page.keyboard.press('F5');
      await workbench.debuggerEnded();
    });

    it('does not ask again after a restart', async () => {
      const { workbench } = session;
      await workbench.page.reload();
      await workbench.painted();
      await workbench.languageShown('Amazon States Language (JSON, Stepwise)');
      await workbench.problems({ errors: 0, warnings: 0 });
      await workbench.statusItem('states').waitFor({ timeout: 30_000 });
      assert.equal(await workbench.notification('AWS Toolkit').count(), 0);
    });

    it('gives the files back, and leaves the settings as they were', async () => {
      const { workbench } = session;
      await workbench.runCommand('Stepwise: Share State Machines with the AWS Toolkit');
      await workbench.until(() => Promise.resolve(!settingsOf(session).includes('asl')));
      await workbench.languageShown('Amazon States Language (JSON)');
    });
  });
}

/** Opens a file by its name, whatever editor that brings up. */
async function quickOpen({ workbench }: Session, name: string): Promise<void> {
  await workbench.page.keyboard.press('Control+p');
  await workbench.quickInput.waitFor({ timeout: 30_000 });
  await workbench.page.keyboard.type(name);
  await workbench.pick(name);
  await workbench.tab(name).waitFor({ timeout: 30_000 });
}

function settingsOf({ server }: Session): string {
  assert.ok(server, 'there is a server');
  return readFileSync(path.join(server.home, 'user-data/User/settings.json'), 'utf8');
}
