import { strict as assert } from 'node:assert';
import { lineOf, placeAfter } from './places.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'order-processing.asl.json';

/** The graph in real VS Code: typing, both ways between graph and editor, an execution, and a reload. */
export function graphSpec(target: Target): void {
  describe(`graph (${target.host}, ${target.extension})`, () => {
    // Assigned before the first test; mocha calls `after` even when that failed.
    let session: Session;
    const node = (name: string) =>
      session.workbench.webview.locator('g.node').filter({ hasText: name }).first();
    const svg = () => session.workbench.webview.locator('.frame:not(.is-building) svg[role=tree]');
    const view = (): Promise<string> => svg().evaluate(element => (element as SVGSVGElement).style.transform);

    before(async () => {
      session = await openSession(target);
      await session.workbench.openFile(`order-processing/${file}`);
      await session.workbench.runCommand('Stepwise: Show Graph');
      await node('Verify Payment').waitFor({ timeout: 60_000 });
    });

    after(async () => session?.close());

    afterEach(async function () {
      const name = this.currentTest?.title.replaceAll(/\W+/g, '-') ?? 'unknown';
      const failed = this.currentTest?.state === 'failed' ? 'FAILED-' : '';
      await session.workbench.screenshot(`${failed}${target.host}-${target.extension}-graph-${name}`);
    });

    it('typing changes the text in place: zoom stays and nothing is drawn anew', async () => {
      const { workbench } = session;
      await workbench.webview.getByLabel('Zoom in (+)').click();
      const before = await view();
      await svg().evaluate(element => {
        element.setAttribute('data-marked', '');
      });
      await workbench.showTab(file);
      await workbench.goTo(placeAfter(file, '"FunctionName": "verify-payment'));
      await workbench.page.keyboard.press('Backspace');
      await workbench.webview
        .getByText('Lambda: verify-paymen', { exact: true })
        .waitFor({ timeout: 30_000 });
      assert.equal(await svg().getAttribute('data-marked'), '');
      assert.equal(await view(), before);
      await workbench.page.keyboard.press('Control+z');
      await workbench.webview
        .getByText('Lambda: verify-payment', { exact: true })
        .waitFor({ timeout: 30_000 });
    });

    it('broken text leaves the last graph, marked with the reason', async () => {
      const { workbench } = session;
      await workbench.goTo(placeAfter(file, '"StartAt": "Verify Payment"'));
      await workbench.page.keyboard.press('Backspace');
      await workbench.webview
        .locator('.notice')
        .filter({ hasText: 'last valid version' })
        .waitFor({ timeout: 30_000 });
      assert.ok((await node('Verify Payment').count()) > 0);
      await workbench.page.keyboard.press('Control+z');
      await workbench.webview.locator('.notice').waitFor({ state: 'hidden', timeout: 30_000 });
    });

    it('a click selects the state in the editor', async () => {
      await node('Refund Payment').click();
      await session.workbench.cursorOn(lineOf(file, '"Refund Payment": {'));
    });

    it('the state of the cursor is outlined', async () => {
      const { workbench } = session;
      await workbench.showTab(file);
      await workbench.goTo({ line: lineOf(file, '"Notify Customer": {') + 1 });
      await workbench.webview
        .locator('g.node.is-cursor')
        .filter({ hasText: 'Notify Customer' })
        .waitFor({ timeout: 30_000 });
    });

    it('an execution lies over the graph, and steps back with the debugger', async () => {
      const { workbench } = session;
      const line = lineOf(file, '"Payment Approved?": {');
      await workbench.goTo({ line });
      await workbench.page.keyboard.press('F9');
      await workbench.webview.locator('.badges .breakpoint').waitFor({ timeout: 30_000 });
      await workbench.page.keyboard.press('F5');
      await workbench.pick('Completed');
      await workbench.stopped();
      await workbench.webview
        .locator('g.node.is-current')
        .filter({ hasText: 'Payment Approved?' })
        .waitFor({ timeout: 30_000 });
      await workbench.webview
        .locator('g.node.s-succeeded')
        .filter({ hasText: 'Verify Payment' })
        .waitFor({ timeout: 30_000 });
      // The graph's own step back goes through the debugger, whose stop comes back to the graph.
      await workbench.webview.getByLabel('One step back').click();
      await workbench.webview
        .locator('g.node.is-current')
        .filter({ hasText: 'Verify Payment' })
        .waitFor({ timeout: 30_000 });
      await workbench.stopDebugger();
    });

    it('a reload of the window brings the graph back as it was', async () => {
      const { workbench } = session;
      await workbench.webview.getByLabel('Zoom in (+)').click();
      const before = await view();
      await workbench.runCommand('Developer: Reload Window');
      await workbench.webview.locator('.frame').waitFor({ state: 'detached', timeout: 30_000 });
      await node('Verify Payment').waitFor({ timeout: 90_000 });
      assert.equal(await view(), before);
    });
  });
}
