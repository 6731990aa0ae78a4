import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '#test/host/paths.ts';
import { withPalette } from './palettePng.ts';
import { lineOf, placeAfter } from './places.ts';
import { type Session, type Target, openSession } from './session.ts';

const file = 'user-registration.asl.json';
const pipeline = 'data-pipeline.asl.yaml';
const largest = 150 * 1024;
const images = path.join(projectRoot, 'docs/images');

/** Takes the readme's pictures; `npm run screenshots` renews them. */
export function picturesSpec(target: Target): void {
  for (const [theme, name] of [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
  ] as const) {
    describe(`pictures of the ${theme} theme`, () => {
      let session: Session;

      before(async () => {
        mkdirSync(images, { recursive: true });
        session = await openSession(target, {
          width: 1280,
          height: 800,
          settings: {
            'workbench.colorTheme': name,
            'editor.minimap.enabled': false,
            'debug.internalConsoleOptions': 'neverOpen',
          },
        });
        await session.workbench.openFile(`user-registration/${file}`);
        await session.workbench.runCommand('Stepwise: Show Graph');
        await session.workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
        await session.workbench.showTab(file);
        await session.workbench.runCommand('View: Toggle Primary Side Bar Visibility');
        await session.workbench.explorerRows.first().waitFor({ state: 'hidden' });
      });

      after(async () => session?.close());

      it('the graph beside the definition', async () => {
        const { workbench } = session;
        await workbench.goTo({ line: lineOf(file, '"Create User": {') });
        await keep(session, `graph-${theme}`);
      });

      it('a mistake', async () => {
        const { workbench } = session;
        await workbench.goTo(placeAfter(file, '"Next": "Send Welcome Mail'));
        await workbench.page.keyboard.type('er');
        await workbench.squiggle('error').first().waitFor({ timeout: 30_000 });
        await workbench.runCommand('Show or Focus Hover');
        await workbench.page.locator('.monaco-hover-content').first().waitFor();
        await keep(session, `mistake-${theme}`);
        await workbench.page.keyboard.press('Escape');
        await workbench.showTab(file);
        await workbench.page.keyboard.press('Control+z');
        await workbench.problems({ errors: 0, warnings: 0 });
      });

      it('the debugger', async () => {
        const { workbench } = session;
        const line = lineOf(file, '"Send Welcome Mail": {');
        await workbench.goTo({ line });
        await workbench.clickGutter(line);
        await workbench.page.keyboard.press('F5');
        await workbench.pick('Registered');
        await workbench.stoppedOn(line);
        await workbench.expandVariable('Input');
        await workbench.variable('email');
        await keep(session, `debugger-${theme}`);
        await workbench.stopDebugger();
      });

      it('inside a Map, in YAML and JSONata', async () => {
        const { workbench } = session;
        await workbench.runCommand('View: Close All Editors');
        await workbench.runCommand('View: Show Explorer');
        await workbench.openFile(`data-pipeline/${pipeline}`);
        await workbench.runCommand('Stepwise: Show Graph');
        await workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
        await workbench.showTab(pipeline);
        const line = lineOf(pipeline, "Output: \"{% $merge([$states.input, { 'place': $states.result");
        await workbench.goTo({ line });
        await workbench.clickGutter(line);
        await workbench.page.keyboard.press('F5');
        await workbench.pick('AllKnown');
        await workbench.stoppedOn(line);
        await workbench.page.mouse.move(0, 0);
        await keep(session, `jsonata-${theme}`);
      });
    });
  }
}

async function keep({ workbench }: Session, name: string): Promise<void> {
  await workbench.atRest();
  const picture = withPalette(readFileSync(await workbench.screenshot(name)));
  if (picture.length > largest) throw new Error(`${name}.png has ${picture.length} bytes`);
  writeFileSync(path.join(images, `${name}.png`), picture);
}
