import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { outputRoot } from './paths.ts';

/** How long to wait for something the workbench does at once when nothing is wrong, on a slow machine. */
const patience = 30_000;

/** The counts in the status bar. */
export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
}

/** What a user sees and does in VS Code, in a user's words. Each method waits until it has happened. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits for the first paint with the folder's files. */
  async ready(): Promise<void> {
    await this.explorerRows.first().waitFor({ timeout: 90_000 });
  }

  /** Waits for the first paint of a window whose explorer is empty or not shown. */
  async painted(): Promise<void> {
    await this.page.locator('#status\\.notifications').waitFor({ timeout: 90_000 });
    // Extensions are read a little later, and an open list of commands does not grow.
    await this.until(async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput.waitFor({ timeout: patience });
      await this.page.keyboard.type('Stepwise: ');
      const command = this.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: 'Stepwise: ' });
      const isThere = await happens(command.first().waitFor({ timeout: 1000 }));
      await this.page.keyboard.press('Escape');
      await this.quickInput.waitFor({ state: 'hidden', timeout: patience });
      return isThere;
    });
  }

  get explorerRows(): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row');
  }

  /** Opens a file of the workspace by its path below the folder, through the explorer. */
  async openFile(relativePath: string): Promise<void> {
    const segments = relativePath.split('/');
    for (const [depth, segment] of segments.entries()) {
      const row = this.explorerRow(segment);
      await row.waitFor({ timeout: patience });
      const isFile = depth === segments.length - 1;
      if (isFile) await row.dblclick();
      else if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    }
    const name = segments.at(-1) ?? relativePath;
    await this.tab(name).waitFor({ timeout: patience });
    await this.page
      .locator('.editor-instance .monaco-editor .view-line')
      .first()
      .waitFor({ timeout: patience });
  }

  private explorerRow(name: string): Locator {
    const label = this.page.locator('.label-name').getByText(name, { exact: true });
    return this.explorerRows.filter({ has: label }).first();
  }

  /** The tab of an open editor. */
  tab(name: string): Locator {
    return this.page.locator('.tab').filter({ hasText: name }).first();
  }

  /** Brings an open editor to the front and gives it the focus. */
  async showTab(name: string): Promise<void> {
    await this.tab(name).click();
    // A pointer that rests on a tab brings up its path.
    await this.page.mouse.move(0, 0);
    await this.page.locator('.tab.active').filter({ hasText: name }).first().waitFor({ timeout: patience });
  }

  /** Runs a command by its title in the command palette, as soon as it is offered there. */
  async runCommand(title: string): Promise<void> {
    // An open list does not learn of new commands.
    await this.until(() => this.#chooseCommand(title, row => row.click()));
  }

  /** Whether the command palette has a command at this moment. */
  async offersCommand(title: string): Promise<boolean> {
    return this.#chooseCommand(title, () => this.page.keyboard.press('Escape'));
  }

  /** Looks for a command in the command palette and does something if it is there; says whether it is. */
  async #chooseCommand(title: string, act: (row: Locator) => Promise<void>): Promise<boolean> {
    await this.page.keyboard.press('F1');
    const input = this.quickInput.locator('input').first();
    await input.waitFor({ timeout: patience });
    await input.fill(`>${title}`);
    // Other titles may begin like this one, and those that were used lately come first.
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.locator('.label-name').getByText(title, { exact: true }) })
      .first();
    const isOffered = await happens(row.waitFor({ timeout: 3_000 }));
    if (isOffered) await act(row);
    else await this.page.keyboard.press('Escape');
    // Until the list is gone, the next keys would be its keys.
    await row.waitFor({ state: 'hidden', timeout: patience });
    return isOffered;
  }

  /** Opens the list of what a new file can be. VS Code refuses for some moments after its start: then again. */
  async newFile(): Promise<void> {
    const refusal = this.page.locator('.monaco-dialog-box').getByRole('button', { name: 'OK' });
    const list = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Text File' });
    await this.until(async () => {
      await this.runCommand('Create: New File...');
      await refusal.or(list).first().waitFor({ timeout: patience });
      if (await list.first().isVisible()) return true;
      await refusal.click();
      await refusal.waitFor({ state: 'hidden', timeout: patience });
      return false;
    });
  }

  /** Waits until VS Code knows a command: just after its start it has not read the extensions yet. */
  async knowsCommand(title: string): Promise<void> {
    await this.until(() => this.offersCommand(title));
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Chooses from the list at the top of the window. */
  async pick(label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first();
    await row.waitFor({ timeout: patience });
    await row.click();
  }

  /** Types an answer into the question at the top of the window and confirms it. */
  async answer(text: string): Promise<void> {
    const input = this.quickInput.locator('input');
    await input.waitFor({ timeout: patience });
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The text editor that has the focus, or had it last. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Puts the cursor on a line and column, both counted from one. */
  async goTo({ line, column = 1 }: { readonly line: number; readonly column?: number }): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.quickInput.waitFor({ timeout: patience });
    await this.page.keyboard.type(`${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden', timeout: patience });
    await this.cursorOn(line);
  }

  /** Waits until the cursor is on a line. */
  async cursorOn(line: number): Promise<void> {
    const position = this.page.locator('#status\\.editor\\.selection');
    await position.filter({ hasText: new RegExp(`Ln ${line},`) }).waitFor({ timeout: patience });
  }

  /** Waits for a wavy line under a mistake. */
  squiggle(severity: 'error' | 'warning'): Locator {
    return this.page.locator(`.squiggly-${severity}`);
  }

  /** Waits until the status bar counts so many problems. */
  async problems(expected: ProblemCounts): Promise<void> {
    const label = new RegExp(
      expected.errors + expected.warnings === 0
        ? 'No Problems'
        : [
            expected.errors > 0 ? `Errors: ${expected.errors}\\b` : '',
            expected.warnings > 0 ? `Warnings: ${expected.warnings}\\b` : '',
          ].join('.*'),
    );
    const status = this.page.locator('#status\\.problems a');
    await this.until(async () => label.test((await status.getAttribute('aria-label')) ?? ''));
  }

  /** An item of the status bar that contains a text. */
  statusItem(text: string): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** Waits until the status bar names a language. */
  async languageShown(language: string): Promise<void> {
    const mode = this.page.locator('#status\\.editor\\.mode').getByText(language, { exact: true });
    await mode.waitFor({ timeout: patience });
  }

  /** Clicks left of a line's number, where breakpoints are set. */
  async clickGutter(line: number): Promise<void> {
    const number = this.editor.locator('.margin .line-numbers').getByText(String(line), { exact: true });
    await number.waitFor({ timeout: patience });
    const lineBox = await boxOf(number);
    const marginBox = await boxOf(this.editor.locator('.margin').first());
    await this.page.mouse.click(marginBox.x + 9, lineBox.y + lineBox.height / 2);
  }

  /** The red dots in the gutter. */
  get breakpoints(): Locator {
    return this.editor.locator('.codicon-debug-breakpoint');
  }

  get debugToolbar(): Locator {
    return this.page.locator('.debug-toolbar');
  }

  /** Waits until the debugger has stopped and its line is marked in the editor. */
  async stopped(): Promise<void> {
    await this.debugToolbar.waitFor({ timeout: patience });
    const marked = '.debug-top-stack-frame-line, .debug-top-stack-frame-column';
    await this.page.locator(marked).first().waitFor({ timeout: patience });
  }

  /** Waits until the debugger has stopped on a line of the editor. */
  async stoppedOn(line: number): Promise<void> {
    await this.stopped();
    await this.cursorOn(line);
  }

  /** Ends the debug session. A key is lost while the focus moves, as it does after each stop: then again. */
  async stopDebugger(): Promise<void> {
    await this.until(async () => {
      await this.page.keyboard.press('Shift+F5');
      return happens(this.debugToolbar.waitFor({ state: 'hidden', timeout: 5_000 }));
    });
  }

  /** Waits until no debug session is left. */
  async debuggerEnded(): Promise<void> {
    await this.debugToolbar.waitFor({ state: 'hidden', timeout: patience });
  }

  /** Waits until the Variables view shows a variable, and returns its value as it stands there. */
  async variable(name: string): Promise<string> {
    const row = this.variableRows.filter({ has: this.page.locator('.name').getByText(name) }).first();
    await row.waitFor({ timeout: patience });
    return (await row.locator('.value').innerText()).trim();
  }

  get variableRows(): Locator {
    return this.page.locator('.debug-variables .monaco-list-row');
  }

  /** Opens a scope or variable in the Variables view so that its members show. */
  async expandVariable(name: string): Promise<void> {
    const row = this.variableRows.filter({ hasText: name }).first();
    await row.waitFor({ timeout: patience });
    // A click that meets the view while it is filled anew does nothing.
    await this.until(async () => {
      if ((await row.getAttribute('aria-expanded')) === 'true') return true;
      await row.locator('.monaco-tl-twistie').click();
      await this.page.waitForTimeout(500);
      return (await row.getAttribute('aria-expanded')) === 'true';
    });
  }

  /** Waits for a message at the lower right that contains a text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** The document inside the webview that is shown. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The same as a frame in which scripts can be run. */
  async webviewFrame(): Promise<Frame> {
    const element = await this.webview.locator('body').elementHandle();
    const frame = await element?.ownerFrame();
    if (!frame) throw new Error('no webview is shown');
    return frame;
  }

  /** Waits until nothing moves any more: two looks at the window, a while apart, see the same. */
  async atRest(): Promise<void> {
    let last = '';
    await this.until(async () => {
      await this.page.waitForTimeout(250);
      const picture = (await this.page.screenshot({ caret: 'hide' })).toString('base64');
      const isSame = picture === last;
      last = picture;
      return isSame;
    });
  }

  /** Keeps a picture of the window as build output and says where. */
  async screenshot(name: string): Promise<string> {
    const folder = path.join(outputRoot, 'screenshots');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Waits until a condition holds, for what no locator can express. */
  async until(condition: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + patience;
    while (!(await condition())) {
      if (Date.now() > deadline)
        throw new Error(`still not so after ${patience / 1000} s: ${condition.toString()}`);
      await this.page.waitForTimeout(50);
    }
  }
}

/** Whether something that is waited for happens in time. */
async function happens(waiting: Promise<void>): Promise<boolean> {
  return waiting.then(
    () => true,
    () => false,
  );
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('the element is not visible');
  return box;
}
