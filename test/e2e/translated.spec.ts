import { placeAfter } from './places.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'user-registration.asl.json';
const patience = { timeout: 30_000 };

/** What a user of another language reads. VS Code around it stays English: its language packs need a download. */
const languages = [
  {
    language: 'de',
    walkthrough: 'Erste Schritte mit Stepwise',
    step: 'Ein Beispiel öffnen',
    heading: 'Woraus ein Beispiel besteht',
    button: 'User Registration öffnen',
    states: 'JSONPath · 5 Zustände',
    lens: 'Debuggen',
    showGraph: 'Stepwise: Graph anzeigen',
    graph: 'Graph: user-registration',
    zoomIn: 'Vergrößern (+)',
    timeout: 'Sekunden, bis der Versuch mit States.Timeout fehlschlägt.',
    menu: ['Zum Zustand wechseln', 'Umbenennen…', 'Haltepunkt setzen'],
    scope: 'Variablen',
    started: 'Ausführung gestartet. Die Zeit ist virtuell',
    newStateMachine: 'Stepwise: Neuer Zustandsautomat…',
    template: 'Freigabe durch einen Menschen',
  },
  {
    language: 'ja',
    walkthrough: 'Stepwise の最初の一歩',
    step: 'サンプルを開く',
    heading: 'サンプルの構成',
    button: 'User Registration を開く',
    states: 'JSONPath · 5 個のステート',
    lens: 'デバッグ',
    showGraph: 'Stepwise: グラフを表示',
    graph: 'グラフ: user-registration',
    zoomIn: '拡大 (+)',
    timeout: '試行が States.Timeout で失敗するまでの秒数です。',
    menu: ['ステートに移動', '名前の変更…', 'ブレークポイントの設定'],
    scope: '変数',
    started: '実行を開始しました。時間は仮想のため',
    newStateMachine: 'Stepwise: 新しいステートマシン…',
    template: '人による承認',
  },
] as const;

/**
 * The manifest, the walkthrough, the client, the server, the graph and the debugger in the languages that ship. The
 * manifest of a folder is not translated by VS Code in a browser, so that commands have their English titles there.
 */
export function translatedSpec(target: Target): void {
  for (const expected of languages) {
    describe(`in the language ${expected.language}`, () => {
      let session: Session;

      before(async () => {
        session = await openSession(target, { language: expected.language });
        await session.workbench.openFile(`user-registration/${file}`);
        await session.workbench.statusItem(expected.states).waitFor({ timeout: 60_000 });
      });

      after(async () => session?.close());

      afterEach(async function () {
        if (this.currentTest?.state === 'failed')
          await session.workbench.screenshot(`FAILED-translated-${expected.language}`);
      });

      it('what is said of the definition is translated', async () => {
        const { workbench } = session;
        await workbench.showTab(file);
        await workbench.goTo(placeAfter(file, '"TimeoutSec'));
        await workbench.runCommand('Show or Focus Hover');
        const hover = workbench.page.locator('.monaco-hover-content').filter({ hasText: expected.timeout });
        await hover.first().waitFor(patience);
        await workbench.screenshot(`translated-${expected.language}-hover`);
        await workbench.page.keyboard.press('Escape');
      });

      if (target.host !== 'web') {
        it('so is the walkthrough, with its texts and buttons', async () => {
          const { workbench } = session;
          await workbench.runCommand('Welcome: Open Walkthrough...');
          await workbench.pick(expected.walkthrough);
          const step = workbench.page.locator('.getting-started-step').filter({ hasText: expected.step });
          await step.first().locator('.step-title').click();
          await workbench.webview.getByRole('heading', { name: expected.heading }).waitFor(patience);
          await workbench.page.getByRole('button', { name: expected.button }).waitFor(patience);
          await workbench.screenshot(`translated-${expected.language}-walkthrough`);
        });

        it('so are the status bar, code lenses and the graph', async () => {
          const { workbench } = session;
          await workbench.runCommand('View: Close All Editors');
          await workbench.openFile(`user-registration/${file}`);
          await workbench.statusItem(expected.states).waitFor(patience);
          const lens = workbench.editor.locator('.codelens-decoration a').filter({ hasText: expected.lens });
          await lens.first().waitFor(patience);
          await workbench.runCommand(expected.showGraph);
          await workbench.tab(expected.graph).waitFor(patience);
          await workbench.webview.getByRole('button', { name: expected.zoomIn }).waitFor(patience);
          const state = workbench.webview.locator('g.node').filter({ hasText: 'Create User' }).first();
          await state.click({ button: 'right', ...patience });
          for (const name of expected.menu)
            await workbench.webview.getByRole('menuitem', { name }).waitFor(patience);
          await workbench.screenshot(`translated-${expected.language}-graph`);
          await workbench.page.keyboard.press('Escape');
        });

        it('so are commands and what they ask', async () => {
          const { workbench } = session;
          await workbench.runCommand(expected.newStateMachine);
          const row = workbench.page.locator('.quick-input-list .monaco-list-row');
          await row.filter({ hasText: expected.template }).waitFor(patience);
          await workbench.screenshot(`translated-${expected.language}-templates`);
          await workbench.page.keyboard.press('Escape');
          await workbench.quickInput.waitFor({ state: 'hidden', ...patience });
        });
      }

      it('so is the debugger, in the variables and in the console', async () => {
        const { workbench } = session;
        await workbench.showTab(file);
        const { line } = placeAfter(file, '"Create User": {');
        await workbench.goTo({ line });
        await workbench.clickGutter(line);
        await workbench.breakpoints.first().waitFor(patience);
        await workbench.page.keyboard.press('F5');
        await workbench.pick('Registered');
        await workbench.stoppedOn(line);
        await workbench.variableRows.filter({ hasText: expected.scope }).first().waitFor(patience);
        await workbench.runCommand('Debug Console: Focus on Debug Console View');
        const told = workbench.page.locator('.repl .monaco-list-row').filter({ hasText: expected.started });
        await told.first().waitFor(patience);
        await workbench.screenshot(`translated-${expected.language}-debugger`);
        await workbench.stopDebugger();
      });
    });
  }
}
