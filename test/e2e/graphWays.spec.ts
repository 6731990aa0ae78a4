import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { generatedMachine } from '#test/graph/harness/generated.ts';
import { copyOfExamples } from '#test/host/workspace.ts';
import { lineOf } from './places.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'order-processing.asl.json';
const patience = { timeout: 30_000 };

/** All that the graph offers beside looking at it, in real VS Code. */
export function graphWaysSpec(target: Target): void {
  describe('ways through the graph', () => {
    // Assigned before the first test; mocha calls `after` even when that failed.
    let session: Session;
    const node = (name: string): Locator =>
      session.workbench.webview.locator('g.node').filter({ hasText: name }).first();
    const svg = (): Locator => session.workbench.webview.locator('.frame:not(.is-building) svg[role=tree]');
    const view = (): Promise<string> => svg().evaluate(element => (element as SVGSVGElement).style.transform);
    const current = (name: string): Locator =>
      session.workbench.webview.locator('g.node.is-current').filter({ hasText: name });
    const choose = async (name: string, item: string): Promise<void> => {
      await node(name).click({ button: 'right' });
      await session.workbench.webview.locator('.menu-item').getByText(item, { exact: true }).click();
    };
    const chooseOfGraph = async (item: string): Promise<void> => {
      await session.workbench.webview.getByLabel('More').click();
      await session.workbench.webview.locator('.menu-item').getByText(item, { exact: true }).click();
    };
    const clipboard = (): Promise<string> =>
      session.workbench.page.evaluate(() => navigator.clipboard.readText());
    const groups = (): Promise<number> => session.workbench.page.locator('.editor-group-container').count();
    const closeGroup = (): Promise<void> => session.workbench.runCommand('View: Close All Editors in Group');
    const showGraph = async (relativePath: string): Promise<void> => {
      const { workbench } = session;
      await workbench.runCommand('View: Close All Editors');
      await workbench.runCommand('View: Show Explorer');
      await workbench.openFile(relativePath);
      await workbench.runCommand('Stepwise: Show Graph');
      await workbench.webview.locator('.frame:not(.is-building) g.node').first().waitFor(patience);
    };

    before(async () => {
      const workspace = copyOfExamples();
      writeFileSync(path.join(workspace, 'large.asl.json'), generatedMachine(320).text);
      session = await openSession(target, { workspace });
      await showGraph(`order-processing/${file}`);
    });

    after(async () => session?.close());

    afterEach(async function () {
      const name = this.currentTest?.title.replaceAll(/\W+/g, '-') ?? 'unknown';
      if (this.currentTest?.state === 'failed') await session.workbench.screenshot(`FAILED-ways-${name}`);
    });

    it('hovering tells what a state does', async () => {
      await node('Verify Payment').hover();
      const card = session.workbench.webview.locator('.hover-card');
      await card.filter({ hasText: 'next → Payment Approved?' }).waitFor(patience);
    });

    it('a double click, and a click with Alt, open the state beside', async () => {
      const { workbench } = session;
      const before = await groups();
      await node('Refund Payment').dblclick();
      await workbench.until(async () => (await groups()) === before + 1);
      await workbench.cursorOn(lineOf(file, '"Refund Payment": {'));
      await closeGroup();
      await workbench.until(async () => (await groups()) === before);
      await node('Notify Customer').click({ modifiers: ['Alt'] });
      await workbench.until(async () => (await groups()) === before + 1);
      await workbench.cursorOn(lineOf(file, '"Notify Customer": {'));
      await closeGroup();
      await workbench.until(async () => (await groups()) === before);
    });

    it('a state is renamed from its menu', async () => {
      const { workbench } = session;
      await choose('Refund Payment', 'Rename…');
      const field = workbench.page.locator('.rename-box .rename-input');
      await field.waitFor(patience);
      await field.fill('Give Back');
      await workbench.page.keyboard.press('Enter');
      await node('Give Back').waitFor(patience);
      assert.equal(await node('Refund Payment').count(), 0);
      await workbench.page.keyboard.press('Control+z');
      await node('Refund Payment').waitFor(patience);
    });

    it('a breakpoint is set and removed from its menu', async () => {
      const { workbench } = session;
      await choose('Refund Payment', 'Set Breakpoint');
      await workbench.webview.locator('.badges .breakpoint').waitFor(patience);
      await workbench.showTab(file);
      await workbench.goTo({ line: lineOf(file, '"Refund Payment": {') });
      await workbench.breakpoints.first().waitFor(patience);
      await choose('Refund Payment', 'Remove Breakpoint');
      await workbench.webview.locator('.badges .breakpoint').waitFor({ state: 'detached', ...patience });
      await workbench.breakpoints.first().waitFor({ state: 'detached', ...patience });
    });

    it('the name of a state is copied', async () => {
      await choose('Out of Stock', 'Copy Name');
      await session.workbench.until(async () => (await clipboard()) === 'Out of Stock');
    });

    it('a state is found by its name', async () => {
      const { workbench } = session;
      await node('Verify Payment').click();
      // The click leads into the editor, which would take the letters that follow.
      await workbench.cursorOn(lineOf(file, '"Verify Payment": {'));
      await node('Verify Payment').focus();
      await workbench.page.keyboard.press('/');
      await workbench.page.keyboard.type('customer');
      await workbench.webview.locator('.search-count').filter({ hasText: '1 of 1' }).waitFor(patience);
      await workbench.webview
        .locator('g.node.is-found-now')
        .filter({ hasText: 'Notify Customer' })
        .waitFor(patience);
      await workbench.page.keyboard.press('Escape');
      await workbench.webview
        .locator('g.node:focus')
        .filter({ hasText: 'Notify Customer' })
        .waitFor(patience);
    });

    it('it is turned to lie from left to right, and back', async () => {
      const isRightOf = async (a: string, b: string): Promise<boolean> => {
        const [first, second] = [await node(a).boundingBox(), await node(b).boundingBox()];
        return first !== null && second !== null && first.x > second.x + second.width;
      };
      const { workbench } = session;
      await workbench.webview.getByLabel('Turn: top to bottom or left to right').click();
      await workbench.until(() => isRightOf('Payment Approved?', 'Verify Payment'));
      await workbench.webview.getByLabel('Turn: top to bottom or left to right').click();
      await workbench.until(async () => !(await isRightOf('Payment Approved?', 'Verify Payment')));
    });

    it('it is saved as SVG, PNG and a page to print, and copied', async () => {
      const { workbench } = session;
      const folder = path.join(session.workspace, 'order-processing');
      const save = async (item: string, name: string, size?: string): Promise<Buffer> => {
        await chooseOfGraph(item);
        if (size !== undefined) await workbench.pick(size);
        await workbench.quickInput.locator('input').waitFor(patience);
        await workbench.until(async () =>
          (await workbench.quickInput.locator('input').inputValue()).endsWith(name),
        );
        await workbench.page.keyboard.press('Enter');
        await workbench.notification(`Saved ${name}`).waitFor(patience);
        return readFileSync(path.join(folder, name));
      };
      const drawn = (await save('Save as SVG…', 'order-processing.svg')).toString('utf8');
      assert.match(drawn, /^<svg [\s\S]*>Verify Payment<\/text>[\s\S]*<\/svg>$/);
      assert.doesNotMatch(drawn, /foreignObject|var\(--/);
      const bytes = await save('Save as PNG…', 'order-processing.png', '2×');
      assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
      assert.ok(bytes.readUInt32BE(16) > 800, 'twice as wide as on the screen');
      const page = (await save('Print…', 'order-processing.html')).toString('utf8');
      assert.match(page, /<svg [\s\S]*>Verify Payment<\/text>[\s\S]*<\/svg><script>.*print\(\)/);
      await chooseOfGraph('Copy as SVG');
      await workbench.until(async () => (await clipboard()) === drawn);
      await chooseOfGraph('Copy as PNG');
      await workbench.statusItem('The graph is on the clipboard as a picture.').waitFor(patience);
      await chooseOfGraph('Copy as Mermaid');
      await workbench.until(async () => /^flowchart TB\n[\s\S]*Verify Payment/.test(await clipboard()));
    });

    it('hidden and moved to another group it is as it was', async () => {
      const { workbench } = session;
      await workbench.webview.getByLabel('Zoom in (+)').click();
      await workbench.webview.getByLabel('Zoom in (+)').click();
      const before = await view();
      const tab = workbench.tab('Graph: ');
      await workbench.page.keyboard.press('Control+Alt+n');
      await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'hidden', ...patience });
      await tab.click();
      await node('Verify Payment').waitFor(patience);
      assert.equal(await view(), before);
      await workbench.runCommand('View: Move Editor into Previous Group');
      await node('Verify Payment').waitFor(patience);
      assert.equal(await view(), before);
    });

    it('an execution runs from a state, and goes on with another one', async () => {
      const { workbench } = session;
      await showGraph(`order-processing/${file}`);
      await choose('Update Inventory', 'Run from Here');
      await workbench.pick('Completed');
      await current('Update Inventory').waitFor(patience);
      await workbench.stoppedOn(lineOf(file, '"Update Inventory": {'));
      await choose('Refund Payment', 'Set Next State');
      await current('Refund Payment').waitFor(patience);
      await workbench.stopDebugger();
    });

    it('of a finished run each iteration and each moment is looked at', async () => {
      const { workbench } = session;
      await showGraph('data-pipeline/data-pipeline.asl.json');
      await workbench.runCommand('Debug: Start Without Debugging');
      await workbench.pick('OneUnknown');
      const graph = workbench.webview;
      const times = (name: string): Locator => graph.locator('.time-text').filter({ hasText: name });
      await times('succeeded').waitFor(patience);
      await workbench.debuggerEnded();
      const caught = graph.locator('g.node.s-succeeded').filter({ hasText: 'Keep Without Place' });
      await caught.waitFor(patience);
      const choice = graph.getByLabel('Iteration of Enrich Records');
      await choice.selectOption({ label: 'Enrich Records: 0' });
      await caught.waitFor({ state: 'detached', ...patience });
      await choice.selectOption({ label: 'Enrich Records: 1' });
      await caught.waitFor(patience);
      await choice.selectOption('');
      await graph.locator('.time-slider').focus();
      await workbench.page.keyboard.press('Home');
      await current('Select Records').waitFor(patience);
      await times('0 / ').waitFor(patience);
      await workbench.page.keyboard.press('End');
      await caught.waitFor(patience);
      await graph.getByLabel('Hide the execution').click();
      await graph.locator('.has-execution').waitFor({ state: 'detached', ...patience });
    });

    it('what is closed stays closed for this file', async () => {
      const { workbench } = session;
      const closed = workbench.webview.locator('g.node.is-collapsed').filter({ hasText: 'Prepare Trip' });
      await showGraph('parallel-fan-out/parallel-fan-out.asl.json');
      await workbench.webview.locator('g.cluster').filter({ hasText: 'Prepare Trip' }).first().focus();
      await workbench.page.keyboard.press('Space');
      await closed.waitFor(patience);
      await showGraph('parallel-fan-out/parallel-fan-out.asl.json');
      await closed.waitFor(patience);
      await closed.focus();
      await workbench.page.keyboard.press('Space');
      await node('Find Hotel').waitFor(patience);
    });

    it('a large state machine is closed at first, says so, and has a map', async () => {
      const { workbench } = session;
      await showGraph('large.asl.json');
      await workbench.webview
        .locator('.notice')
        .filter({ hasText: /has \d+ states/ })
        .waitFor(patience);
      await workbench.webview.locator('.minimap').waitFor(patience);
      await workbench.webview.locator('g.node.is-collapsed').first().waitFor(patience);
      const before = await view();
      await workbench.webview.locator('.minimap').click({ position: { x: 4, y: 90 } });
      assert.notEqual(await view(), before);
      await workbench.screenshot('graph-large');
    });

    it('of two graphs in one place, that of the definition in front comes to the front', async () => {
      const { workbench } = session;
      const front = (name: string): Promise<void> =>
        workbench.page
          .locator('.tab.active')
          .filter({ hasText: `Graph: ${name}` })
          .waitFor(patience);
      await showGraph(`order-processing/${file}`);
      await workbench.openFile('large.asl.json');
      await workbench.runCommand('Stepwise: Show Graph');
      await front('large.asl.json');
      await workbench.showTab(file);
      await front(file);
      // The keys still go to the definition.
      await workbench.page.locator('.editor-group-container.active .tab.active').getByText(file).waitFor();
    });
  });
}
