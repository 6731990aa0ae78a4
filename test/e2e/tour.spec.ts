import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '#test/host/workspace.ts';
import { type Session, type Target, openSession } from './session.ts';

/** From an empty folder to a debugged state machine, with what a new user sees; a picture of each step. */
export function tourSpec(target: Target): void {
  describe('tour from an empty folder', () => {
    let session: Session;
    let step = 0;

    before(async () => {
      session = await openSession(target, { workspace: namedFolder('my-workflows'), startsEmpty: true });
      await session.workbench.knowsCommand('Stepwise: New State Machine');
    });

    after(async () => session?.close());

    afterEach(async function () {
      const name = this.currentTest?.title.replaceAll(/\W+/g, '-') ?? 'unknown';
      const failed = this.currentTest?.state === 'failed' ? 'FAILED-' : '';
      await session.workbench.atRest();
      await session.workbench.screenshot(`${failed}tour-${++step}-${name}`);
    });

    it('New File offers a state machine', async () => {
      const { workbench } = session;
      await workbench.newFile();
      await workbench.pick('New State Machine');
      await workbench.pick('User registration');
      await workbench.pick('JSON');
      await workbench.answer('sign-up');
      await workbench.tab('sign-up.asl.json').waitFor({ timeout: 30_000 });
    });

    it('its graph stands beside it', async () => {
      const { workbench } = session;
      await workbench.webview.locator('g.node').filter({ hasText: 'Create User' }).first().waitFor();
      await workbench.problems({ errors: 0, warnings: 0 });
      await workbench.statusItem('JSONPath · 5 states').waitFor({ timeout: 30_000 });
    });

    it('a breakpoint and F5 stop before the state', async () => {
      const { workbench } = session;
      await workbench.showTab('sign-up.asl.json');
      const line = lineIn(session, '"Create User": {');
      await workbench.goTo({ line });
      await workbench.clickGutter(line);
      await workbench.breakpoints.first().waitFor({ timeout: 10_000 });
      await workbench.page.keyboard.press('F5');
      await workbench.pick('Registered');
      await workbench.stoppedOn(line);
    });

    it('F11 goes to the first stage inside', async () => {
      const { workbench } = session;
      const line = lineIn(session, '"Create User": {');
      await workbench.page.keyboard.press('F11');
      await workbench.until(async () => (await currentLine(session)) > line);
    });

    it('F10 goes to the next state', async () => {
      const { workbench } = session;
      await workbench.page.keyboard.press('F10');
      await workbench.stoppedOn(lineIn(session, '"Send Welcome Mail": {'));
    });

    it('Step Back goes back in time', async () => {
      const { workbench } = session;
      await workbench.debugToolbar.locator('.codicon-debug-step-back').click();
      await workbench.stoppedOn(lineIn(session, '"Create User": {'));
    });

    it('Continue runs to the end, and the graph keeps the way', async () => {
      const { workbench } = session;
      await workbench.page.keyboard.press('F5');
      await workbench.debuggerEnded();
    });

    it('the second test case takes another way', async () => {
      const { workbench } = session;
      await workbench.showTab('sign-up.asl.json');
      await workbench.runCommand('Stepwise: Run State Machine');
      await workbench.pick('EmailTaken');
      await workbench.debuggerEnded();
      const failed = workbench.webview.locator('g.node').filter({ hasText: 'User Not Created' });
      await workbench.until(async () =>
        /failed|done|caught/.test((await failed.first().getAttribute('class')) ?? ''),
      );
    });
  });
}

/** An empty folder whose name may be seen in the pictures. */
function namedFolder(name: string): string {
  const folder = path.join(temporaryFolder('tour'), name);
  mkdirSync(folder);
  return folder;
}

function lineIn({ workspace }: Session, text: string): number {
  const lines = readFileSync(path.join(workspace, 'sign-up/sign-up.asl.json'), 'utf8').split('\n');
  const index = lines.findIndex(line => line.includes(text));
  assert.ok(index >= 0, `the definition contains ${text}`);
  return index + 1;
}

async function currentLine({ workbench }: Session): Promise<number> {
  const text = await workbench.page.locator('#status\\.editor\\.selection').innerText();
  return Number(/Ln (\d+)/.exec(text)?.[1]);
}
