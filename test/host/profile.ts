import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quietSettings } from './settings.ts';

/** User settings and extensions of an editor that nobody has used yet. */
export interface Profile {
  /** Command line arguments that make VS Code use it. */
  readonly args: readonly string[];
  readonly extensions: string;
}

/** Makes an empty profile below a folder. */
export function makeProfile(home: string, settings: Readonly<Record<string, unknown>> = {}): Profile {
  const userData = path.join(home, 'user-data');
  const extensions = path.join(home, 'extensions');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  mkdirSync(extensions);
  const text = JSON.stringify({ ...quietSettings, ...settings }, undefined, 2);
  writeFileSync(path.join(userData, 'User/settings.json'), text);
  return { args: ['--user-data-dir', userData, '--extensions-dir', extensions], extensions };
}
