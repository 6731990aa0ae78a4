import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';
import { requireFromProject } from '#test/host/paths.ts';
import { type Session, type Target, openSession } from './session.ts';

const axeSource = readFileSync(requireFromProject.resolve('axe-core/axe.min.js'), 'utf8');
const file = 'user-registration.asl.json';

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

/** The graph for everybody: rules that a program can check, and a picture in each kind of theme. */
export function accessibilitySpec(target: Target): void {
  for (const [name, theme] of Object.entries(themes)) {
    describe(`accessibility of the graph, ${name} theme`, () => {
      let session: Session;

      before(async () => {
        session = await openSession(target, { settings: { 'workbench.colorTheme': theme } });
        await session.workbench.openFile(`user-registration/${file}`);
        await session.workbench.runCommand('Stepwise: Show Graph');
        await session.workbench.webview.locator('g.node').first().waitFor({ timeout: 30_000 });
      });

      after(async () => session?.close());

      it('breaks no rule of axe', async () => {
        await session.workbench.screenshot(`graph-${name}`);
        const { violations } = await checkWithAxe(await session.workbench.webviewFrame());
        const complaints = violations.flatMap(({ id, help, nodes }) =>
          nodes.map(node => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary ?? ''}`),
        );
        assert.deepEqual(complaints, []);
      });
    });
  }
}

async function checkWithAxe(frame: Frame): Promise<AxeResults> {
  await frame.evaluate(axeSource);
  return await frame.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: Node, options: object): Promise<AxeResults> };
    };
    const rules = {
      // The landmarks of the document around the page are VS Code's.
      region: { enabled: false },
      // A node shows its type above its name, but a listener wants the name first.
      'label-content-name-mismatch': { enabled: false },
    };
    return await axe.run(document.body, { resultTypes: ['violations'], rules });
  });
}
