import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { onCleanup } from './cleanup.ts';
import { projectRoot, temporaryRoot } from './paths.ts';

/** A new empty folder; it goes away with the process. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(path.join(temporaryRoot, `stepwise-${purpose}-`));
  onCleanup(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** A folder with the examples, which a test may change. */
export function copyOfExamples(): string {
  // Its name is seen in the window's title.
  const folder = path.join(temporaryFolder('workspace'), 'examples');
  cpSync(path.join(projectRoot, 'examples'), folder, { recursive: true });
  return folder;
}
