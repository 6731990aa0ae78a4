import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { onCleanup } from './cleanup.ts';
import { projectRoot, temporaryRoot } from './paths.ts';

/** A folder with the examples that a test may change; it goes away with the process. */
export function copyOfExamples(): string {
  const folder = mkdtempSync(path.join(temporaryRoot, 'stepwise-workspace-'));
  onCleanup(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(path.join(projectRoot, 'examples'), folder, { recursive: true });
  return folder;
}
