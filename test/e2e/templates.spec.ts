import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '#test/host/workspace.ts';
import { type Session, type Target, openSession } from './session.ts';

const template = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Resources:
  Refunds:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: STANDARD
      Definition:
        StartAt: Check
        States:
          Check:
            Type: Pass
            Next: Pay Back
          Pay Back:
            Type: Pass
            Result:
              paid: true
            End: true
  Reminders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Remind
        States:
          Remind:
            Type: Succeed
  Bucket:
    Type: AWS::S3::Bucket
`;
const lines = template.split('\n');
const lineOf = (text: string): number => lines.findIndex(line => line.includes(text)) + 1;

const plain = `{
  "StartAt": "A",
  "States": { "A": { "Type": "Pass", "Next": "Nowhere" } }
}
`;

/** State machines inside SAM templates and plain files: offered, served when wanted, remembered, given up. */
export function templatesSpec(target: Target): void {
  describe('state machines in other files', () => {
    let session: Session;

    before(async () => {
      const workspace = path.join(temporaryFolder('templates'));
      writeFileSync(path.join(workspace, 'template.yaml'), template);
      writeFileSync(path.join(workspace, 'machine.json'), plain);
      writeFileSync(path.join(workspace, 'other.json'), plain);
      writeFileSync(
        path.join(workspace, 'hello.asl.json'),
        plain.replace('"Next": "Nowhere"', '"End": true'),
      );
      session = await openSession(target, { workspace });
    });

    after(async () => session?.close());

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.workbench.screenshot('FAILED-templates');
    });

    it('offers to serve a SAM template, and does so when clicked', async () => {
      const { workbench } = session;
      // The extension sleeps until a definition is opened, or one of its commands is run.
      await workbench.openFile('hello.asl.json');
      await workbench.statusItem('1 state').waitFor({ timeout: 30_000 });
      await workbench.openFile('template.yaml');
      await workbench.statusItem('State machine?').click();
      await workbench.statusItem('State machine?').waitFor({ state: 'hidden', timeout: 30_000 });
      await workbench.goTo({ line: lineOf('Next: Pay Back'), column: 29 });
      await workbench.page.keyboard.type('er');
      await workbench.problems({ errors: 1, warnings: 0 });
      await workbench.page.keyboard.press('Control+z');
      await workbench.problems({ errors: 0, warnings: 0 });
    });

    it('completes and goes to states there', async () => {
      const { workbench } = session;
      await workbench.goTo({ line: lineOf('Next: Pay Back'), column: 24 });
      await workbench.page.keyboard.press('F12');
      await workbench.cursorOn(lineOf('Pay Back:'));
      await workbench.goTo({ line: lineOf('Next: Pay Back'), column: 19 });
      await workbench.page.keyboard.press('Control+Space');
      const suggestions = workbench.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
      await suggestions.filter({ hasText: 'Pay Back' }).first().waitFor({ timeout: 30_000 });
      await workbench.page.keyboard.press('Escape');
    });

    it('draws each of its state machines', async () => {
      const { workbench } = session;
      await workbench.runCommand('Stepwise: Show Graph');
      const nodes = workbench.webview.locator('g.node');
      await nodes.filter({ hasText: 'Pay Back' }).first().waitFor({ timeout: 30_000 });
      await workbench.screenshot('template-graph');
      await workbench.webview.locator('select').first().selectOption({ index: 1 });
      await nodes.filter({ hasText: 'Remind' }).first().waitFor({ timeout: 30_000 });
      await workbench.webview.locator('select').first().selectOption({ index: 0 });
      await nodes.filter({ hasText: 'Pay Back' }).first().waitFor({ timeout: 30_000 });
    });

    it('F5 debugs it, and stops at its breakpoints', async () => {
      const { workbench } = session;
      const line = lineOf('Pay Back:');
      await workbench.showTab('template.yaml');
      await workbench.goTo({ line });
      await workbench.clickGutter(line);
      await workbench.page.keyboard.press('F5');
      await workbench.answer('{"order": 7}');
      await workbench.stoppedOn(line);
      await workbench.expandVariable('Input');
      assert.equal(await workbench.variable('order'), '7');
      await workbench.screenshot('template-debugging');
      await workbench.page.keyboard.press('F5');
      await workbench.debuggerEnded();
    });

    it('serves the template after a restart, and other JSON not at all', async () => {
      const { workbench } = session;
      await workbench.page.reload();
      await workbench.painted();
      await workbench.showTab('template.yaml');
      await workbench.statusItem('2 states').waitFor({ timeout: 30_000 });
      await workbench.runCommand('View: Show Explorer');
      await workbench.openFile('other.json');
      await workbench.statusItem('State machine?').waitFor({ timeout: 30_000 });
      await workbench.openFile('machine.json');
      await workbench.statusItem('State machine?').click();
      // The finding is that of the served file alone; its twin has none.
      await workbench.problems({ errors: 1, warnings: 0 });
    });

    it('gives a plain file our language, so that it alone wakes the extension', async () => {
      const { workbench, workspace } = session;
      await workbench.languageShown('Amazon States Language (JSON)');
      const settings: unknown = JSON.parse(
        readFileSync(path.join(workspace, '.vscode/settings.json'), 'utf8'),
      );
      assert.deepEqual(settings, { 'files.associations': { '**/machine.json': 'asl' } });
      await workbench.runCommand('View: Close All Editors');
      await workbench.page.reload();
      await workbench.painted();
      await workbench.openFile('machine.json');
      await workbench.problems({ errors: 1, warnings: 0 });
      await workbench.statusItem('1 state').waitFor({ timeout: 30_000 });
    });

    it('leaves a file alone again', async () => {
      const { workbench, workspace } = session;
      await workbench.runCommand('Stepwise: Leave This File Alone');
      await workbench.problems({ errors: 0, warnings: 0 });
      await workbench.statusItem('State machine?').waitFor({ timeout: 30_000 });
      await workbench.languageShown('JSON');
      const settings: unknown = JSON.parse(
        readFileSync(path.join(workspace, '.vscode/settings.json'), 'utf8'),
      );
      assert.deepEqual(settings, {});
    });
  });
}
