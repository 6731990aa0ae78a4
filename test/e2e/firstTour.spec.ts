import { strict as assert } from 'node:assert';
import { lineOf, placeAfter } from './places.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'user-registration.asl.json';
const afterNext = placeAfter(file, '"Next": "Send Welcome Mail');

/** What a new user does first: sees a mistake, jumps, looks at the graph, breaks and looks at the data. */
export function firstTourSpec(target: Target): void {
  describe(`first tour (${target.host}, ${target.extension})`, () => {
    // Assigned before the first test; mocha calls `after` even when that failed.
    let session: Session;

    before(async () => {
      session = await openSession(target);
      await session.workbench.openFile(`user-registration/${file}`);
    });

    after(async () => session?.close());

    afterEach(async function () {
      const name = this.currentTest?.title.replaceAll(/\W+/g, '-') ?? 'unknown';
      const failed = this.currentTest?.state === 'failed' ? 'FAILED-' : '';
      await session.workbench.screenshot(`${failed}${target.host}-${target.extension}-${name}`);
    });

    it('a mistake gets a squiggle, and loses it when taken back', async () => {
      const { workbench } = session;
      const { page } = workbench;
      await workbench.problems({ errors: 0, warnings: 0 });
      await workbench.goTo(afterNext);
      await page.keyboard.type('er');
      await workbench.squiggle('error').first().waitFor({ timeout: 30_000 });
      await page.keyboard.press('Control+z');
      await workbench.problems({ errors: 0, warnings: 0 });
    });

    it('F12 on Next jumps to the state', async () => {
      const { workbench } = session;
      await workbench.goTo(afterNext);
      await workbench.page.keyboard.press('F12');
      await workbench.cursorOn(lineOf(file, '"Send Welcome Mail": {'));
    });

    it('the graph shows every state and is redrawn while typing', async () => {
      const { workbench } = session;
      await workbench.runCommand('Stepwise: Show Graph');
      const graph = workbench.webview;
      for (const name of ['Create User', 'Send Welcome Mail', 'User Not Created']) {
        await graph.locator('g.node').filter({ hasText: name }).first().waitFor({ timeout: 30_000 });
      }
      await workbench.showTab(file);
      await workbench.goTo(afterNext);
      await workbench.page.keyboard.type('er');
      // A transition to a state that is not there is drawn as such.
      await graph
        .locator('g.node')
        .filter({ hasText: 'Send Welcome Mailer' })
        .first()
        .waitFor({ timeout: 30_000 });
      await workbench.page.keyboard.press('Control+z');
      await graph
        .locator('g.node')
        .filter({ hasText: 'Send Welcome Mailer' })
        .first()
        .waitFor({ state: 'detached' });
    });

    it('a click on a node selects its state', async () => {
      const { workbench } = session;
      await workbench.webview.locator('g.node').filter({ hasText: 'Send Welcome Mail' }).first().click();
      await workbench.cursorOn(lineOf(file, '"Send Welcome Mail": {'));
    });

    it('a click in the gutter sets a breakpoint, and F5 stops there with the input shown', async () => {
      const { workbench } = session;
      const line = lineOf(file, '"Send Welcome Mail": {');
      await workbench.showTab(file);
      await workbench.goTo({ line });
      await workbench.clickGutter(line);
      await workbench.breakpoints.first().waitFor({ timeout: 10_000 });
      await workbench.page.keyboard.press('F5');
      await workbench.pick('Registered');
      await workbench.stoppedOn(line);
      await workbench.expandVariable('Input');
      assert.match(await workbench.variable('email'), /ada@example\.com/);
    });

    it('stepping on ends the execution and the session', async () => {
      const { workbench } = session;
      await workbench.page.keyboard.press('F10');
      await workbench.stoppedOn(lineOf(file, '"User Registered": {'));
      await workbench.page.keyboard.press('F5');
      await workbench.debuggerEnded();
    });
  });
}
