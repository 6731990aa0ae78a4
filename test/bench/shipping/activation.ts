import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from '#test/host/browser.ts';
import { startCodeServer } from '#test/host/codeServer.ts';
import { runInHost } from '#test/host/inHost.ts';
import { installHost } from '#test/host/install.ts';
import { outputRoot, projectRoot } from '#test/host/paths.ts';
import { newestHost } from '#test/host/versions.ts';
import { builtPackage } from '#test/host/vsix.ts';
import { copyOfExamples, temporaryFolder } from '#test/host/workspace.ts';
import type { Activation } from './activation.inHost.ts';

const tries = 5;

/** Activates the packaged extension in real VS Code, in an extension host of its own each time. */
export async function activations(): Promise<readonly Activation[]> {
  const testModule = path.join(outputRoot, 'bench/activation.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'activation.inHost.ts')],
    outfile: testModule,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const answer = path.join(temporaryFolder('activation'), 'measured.json');
  const server = await startCodeServer(await installHost(newestHost), {
    extensions: [{ kind: 'packaged', vsix: builtPackage() }],
    env: { STEPWISE_MEASURED: answer },
  });
  const measured: Activation[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const browser = await launchBrowser();
    const exitCode = await runInHost({
      server,
      page: browser.page,
      extensionFolder: path.join(projectRoot, 'test/inHost/runner'),
      testModule,
      workspace: copyOfExamples(),
      timeout: 120_000,
      onLog: () => undefined,
    });
    if (exitCode !== 0) throw new Error(`the extension host ended with ${exitCode}`);
    measured.push(JSON.parse(readFileSync(answer, 'utf8')) as Activation);
    await browser.close();
  }
  await server.stop();
  return measured;
}
