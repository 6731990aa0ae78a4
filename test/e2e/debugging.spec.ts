import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '#test/host/workspace.ts';
import { type Session, type Target, openSession } from './session.ts';

const definition = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Reserve Stock",
  "States": {
    "Reserve Stock": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "reserve-stock",
        "Payload": "{% $states.input %}"
      },
      "Assign": {
        "reservation": "{% $states.result.Payload.id %}"
      },
      "Output": "{% $states.result.Payload %}",
      "Next": "Charge Card"
    },
    "Charge Card": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "charge-card",
        "Payload": {
          "reservation": "{% $reservation %}"
        }
      },
      "Catch": [
        {
          "ErrorEquals": ["Card.Declined"],
          "Output": "{% $states.errorOutput %}",
          "Next": "Release Stock"
        }
      ],
      "Next": "Sold"
    },
    "Release Stock": {
      "Type": "Pass",
      "Output": {
        "released": "{% $reservation %}"
      },
      "Next": "Not Sold"
    },
    "Not Sold": {
      "Type": "Fail",
      "Error": "NotSold"
    },
    "Sold": {
      "Type": "Succeed"
    }
  }
}
`;
const lines = definition.split('\n');
const lineOf = (text: string): number => lines.findIndex(line => line.includes(text)) + 1;
const stateLine = (name: string): number => lineOf(`"${name}": {`);
const mockFileName = 'MockConfigFile.json';

/** Debugging with nothing prepared: tasks ask, values are looked at and changed, the answers are kept and replayed. */
export function debuggingSpec(target: Target): void {
  describe(`debugging by hand (${target.host}, ${target.extension})`, function () {
    // Each step stands on the one before.
    this.bail(true);
    let session: Session;

    before(async () => {
      const workspace = temporaryFolder('shop');
      writeFileSync(path.join(workspace, 'order.asl.json'), definition);
      // What is typed is all there is.
      const settings = { 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never' };
      session = await openSession(target, { workspace, settings });
      await session.workbench.openFile('order.asl.json');
      await session.workbench.statusItem('JSONata · 5 states').waitFor({ timeout: 60_000 });
    });

    after(async () => session?.close());

    afterEach(async function () {
      const name = this.currentTest?.title.replaceAll(/\W+/g, '-') ?? 'unknown';
      const failed = this.currentTest?.state === 'failed' ? 'FAILED-' : '';
      await session.workbench.screenshot(`${failed}debugging-${target.host}-${name}`);
    });

    it('a task without a mock asks for its result, written as JSON', async () => {
      const { workbench } = session;
      const line = stateLine('Release Stock');
      await workbench.goTo({ line });
      await workbench.clickGutter(line);
      await workbench.breakpoints.first().waitFor({ timeout: 10_000 });
      await workbench.page.keyboard.press('F5');
      await workbench.quickInput.locator('input').waitFor();
      await workbench.answer('{"article": "lamp", "count": 2}');
      await asked(session, 'Reserve Stock');
      await workbench.screenshot(`debugging-${target.host}-question`);
      await workbench.pick('Write the result');
      const use = (text: string) =>
        workbench.notification(text).getByRole('button', { name: 'Use It' }).click({ timeout: 30_000 });
      // Asked once the editor for the result stands.
      await workbench.notification("Result of 'Reserve Stock'").waitFor({ timeout: 30_000 });
      await write(session, '[1');
      await use("Result of 'Reserve Stock'");
      await workbench.notification('This is not JSON').waitFor({ timeout: 30_000 });
      await write(session, '{"Payload": {"id": "R-17", "count": 2}}');
      await use('This is not JSON');
      await asked(session, 'Charge Card');
    });

    it('an error that a Catcher knows is offered, and taken with a cause', async () => {
      const { workbench } = session;
      await workbench.pick('Card.Declined');
      await workbench.answer('No funds');
      await workbench.stoppedOn(stateLine('Release Stock'));
      await workbench.expandVariable('Variables');
      assert.equal(await workbench.variable('reservation'), '"R-17"');
    });

    it('the console evaluates and completes', async () => {
      const { workbench } = session;
      await workbench.runCommand('Debug Console: Focus on Debug Console View');
      const { keyboard } = workbench.page;
      await workbench.page.locator('.repl-input-wrapper .view-lines').click();
      await keyboard.insertText('$states.input.Cau');
      await keyboard.press('Control+Space');
      const suggestion = workbench.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
      await suggestion.filter({ hasText: 'Cause' }).first().waitFor({ timeout: 30_000 });
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      const answer = workbench.page.locator('.repl .monaco-list-row').filter({ hasText: '"No funds"' });
      await answer.first().waitFor({ timeout: 30_000 });
    });

    it('a variable that is changed is what the next states see', async () => {
      const { workbench } = session;
      const row = workbench.variableRows.filter({ hasText: 'reservation' }).first();
      await row.dblclick();
      const input = workbench.page.locator('.debug-variables input');
      await input.first().fill('"R-18"');
      await workbench.page.keyboard.press('Enter');
      await input.first().waitFor({ state: 'hidden', timeout: 30_000 });
      await workbench.showTab('order.asl.json');
      await workbench.page.keyboard.press('F10');
      await workbench.stoppedOn(stateLine('Not Sold'));
      await workbench.expandVariable('Input');
      assert.equal(await workbench.variable('released'), '"R-18"');
    });

    it('Reverse Continue goes back to the breakpoint', async () => {
      const { workbench } = session;
      await workbench.debugToolbar.locator('.codicon-debug-reverse-continue').click();
      await workbench.stoppedOn(stateLine('Release Stock'));
    });

    it('the answers become a test case of the mock file', async () => {
      const { workbench } = session;
      await workbench.runCommand('Stepwise: Create Mock Case from This Execution');
      await workbench.answer('Declined');
      await workbench.tab(mockFileName).waitFor({ timeout: 30_000 });
      await workbench.page.keyboard.press('Control+s');
      await workbench.page.locator('.tab.active:not(.dirty)').filter({ hasText: mockFileName }).waitFor();
      await workbench.showTab('order.asl.json');
      await workbench.stopDebugger();
    });

    it('F5 takes its answers the next time, and stops where the execution fails', async () => {
      const { workbench } = session;
      await workbench.showTab('order.asl.json');
      await workbench.page.keyboard.press('F5');
      await workbench.stoppedOn(stateLine('Release Stock'));
      await workbench.page.keyboard.press('F5');
      const failure = workbench.page.locator('.exception-widget').filter({ hasText: 'NotSold' });
      await failure.waitFor({ timeout: 30_000 });
    });

    it('and Continue ends it', async () => {
      const { workbench } = session;
      await workbench.page.keyboard.press('F5');
      await workbench.debuggerEnded();
    });
  });
}

/** Waits for the question that a task asks. */
async function asked({ workbench }: Session, stateName: string): Promise<void> {
  const title = workbench.quickInput.getByText(`What does '${stateName}' get?`);
  await title.waitFor({ timeout: 60_000 });
  // Else the keys meant for it would change the definition.
  await workbench.quickInput.locator('input:focus').waitFor({ timeout: 30_000 });
}

/** Replaces the text of the editor that has the focus; once more, where keys came before it had it. */
async function write({ workbench }: Session, text: string): Promise<void> {
  const { keyboard } = workbench.page;
  const written = workbench.editor.locator('.view-lines').getByText(text, { exact: true });
  await workbench.until(async () => {
    await workbench.editor.locator('.view-line').first().click();
    await keyboard.press('Control+a');
    // A bracket that is typed over a selection would be put around it.
    await keyboard.press('Delete');
    await keyboard.insertText(text);
    return (await written.count()) > 0;
  });
}
