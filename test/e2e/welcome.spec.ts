import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Session, type Target, openSession } from './session.ts';

/** The first minutes: walkthrough, examples, templates for new state machines, the status bar. */
export function welcomeSpec(target: Target): void {
  describe('welcome', () => {
    let session: Session;

    before(async () => {
      session = await openSession(target);
    });

    after(async () => session?.close());

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.workbench.screenshot('FAILED-welcome');
    });

    it('has a walkthrough with a text beside each step', async () => {
      const { workbench } = session;
      await workbench.runCommand('Welcome: Open Walkthrough...');
      await workbench.pick('First steps with Stepwise');
      const steps = workbench.page.locator('.getting-started-step');
      await steps.first().waitFor({ timeout: 30_000 });
      assert.equal(await steps.count(), 6);
      for (const [index, heading] of Object.entries([
        'What an example consists of',
        'In the graph',
        'Where you can stop',
        'The stages of a Task',
        'Time is yours',
        'A mock file',
      ])) {
        await steps.nth(Number(index)).locator('.step-title').click();
        await workbench.webview.getByRole('heading', { name: heading }).waitFor({ timeout: 30_000 });
        await workbench.screenshot(`walkthrough-${Number(index) + 1}`);
      }
    });

    it('opens an example from the walkthrough, with its graph and a summary in the status bar', async () => {
      const { workbench } = session;
      await workbench.page.locator('.getting-started-step .step-title').first().click();
      await workbench.page.getByRole('button', { name: 'Open User Registration' }).click();
      await workbench.tab('user-registration.asl.json').waitFor({ timeout: 30_000 });
      await workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
      await workbench.statusItem('JSONPath · 5 states').waitFor({ timeout: 30_000 });
      await workbench.screenshot('welcome-example');
    });

    it('makes a new state machine from a template in YAML, with files to run it', async () => {
      const { workbench } = session;
      await workbench.runCommand('View: Close All Editors');
      await workbench.runCommand('Stepwise: New State Machine');
      await workbench.pick('Human approval');
      await workbench.pick('YAML');
      await workbench.answer('vacation');
      await workbench.tab('vacation.asl.yaml').waitFor({ timeout: 30_000 });
      await workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
      await workbench.problems({ errors: 0, warnings: 0 });
      await workbench.screenshot('welcome-new-yaml');
      const folder = path.join(session.workspace, 'vacation');
      const mocks: unknown = JSON.parse(readFileSync(path.join(folder, 'MockConfigFile.json'), 'utf8'));
      assert.deepEqual(Object.keys((mocks as Record<'StateMachines', object>).StateMachines), ['vacation']);
      assert.ok(existsSync(path.join(folder, 'input.json')));
    });

    it('makes a new state machine in an untitled editor where no folder is open', async () => {
      const { workbench, server } = session;
      assert.ok(server, 'there is a server');
      await workbench.page.goto(`${server.baseUrl}/?ew=true`);
      await workbench.painted();
      await workbench.runCommand('Stepwise: New State Machine');
      await workbench.pick('Hello world');
      await workbench.pick('JSON');
      await workbench.tab('Untitled-1').waitFor({ timeout: 30_000 });
      await workbench.statusItem('JSONPath').waitFor({ timeout: 30_000 });
      await workbench.problems({ errors: 0, warnings: 0 });
    });
  });
}
