/**
 * Runs the in-host tests in desktop VS Code, downloaded by @vscode/test-electron.
 * Where that download is refused, one line says so and the exit code is 1.
 */
import path from 'node:path';
import { SilentReporter, downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { UserError, runMain } from '#test/host/cleanup.ts';
import { cacheRoot, projectRoot } from '#test/host/paths.ts';
import { makeProfile } from '#test/host/profile.ts';
import { newestHost } from '#test/host/versions.ts';
import { copyOfExamples, temporaryFolder } from '#test/host/workspace.ts';
import { bundleTests } from '../inHost/bundle.ts';

await runMain(async () => {
  const version = newestHost.vscode;
  const vscodeExecutablePath = await download(version);
  const profile = makeProfile(temporaryFolder('desktop'));
  const extensionTestsPath = await bundleTests('node');
  return await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath,
    launchArgs: [copyOfExamples(), '--disable-extensions', ...profile.args],
  });
});

async function download(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({
      version,
      cachePath: path.join(cacheRoot(), 'desktop'),
      reporter: new SilentReporter(),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UserError(`Desktop VS Code ${version} could not be downloaded: ${why}`);
  }
}
