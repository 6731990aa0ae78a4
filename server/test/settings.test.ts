import type { Connection, DidChangeWatchedFilesParams } from 'vscode-languageserver';
import { describe, expect, test } from 'vitest';
import type { Platform } from '#server/platform.ts';
import { followSettings } from '#server/settings.ts';
import { followWatchedFiles } from '#server/watchedFiles.ts';

/** A client that answers `rules` as its setting, and a project whose configuration file says `project`. */
function client(rules: object, project: () => Promise<unknown>) {
  const warnings: string[] = [];
  let watched: ((params: DidChangeWatchedFilesParams) => void) | undefined;
  const connection = {
    onDidChangeConfiguration: () => undefined,
    onDidChangeWatchedFiles: (listener: typeof watched) => (watched = listener),
    workspace: { getConfiguration: () => Promise.resolve({ validate: { rules } }) },
    client: { register: () => Promise.resolve() },
    console: { warn: (text: string) => warnings.push(text) },
  } as unknown as Connection;
  const platform: Platform = {
    yieldOnce: () => Promise.resolve(),
    pause: () => Promise.resolve(),
    readAsset: () => Promise.reject(new Error('none')),
    readProjectConfiguration: project,
  };
  const capabilities = { workspace: { configuration: true } };
  const files = followWatchedFiles(connection, capabilities);
  const settings = followSettings(connection, capabilities, platform, files);
  settings.askForNews();
  return {
    settings,
    warnings,
    save: (uri: string) => watched?.({ changes: [{ uri, type: 2 }] }),
  };
}

describe('stepwise.config.json', () => {
  test('holds where the editor says nothing', async () => {
    const { settings } = client({ 'task/no-timeout': 'off' }, () =>
      Promise.resolve({ rules: { 'task/no-timeout': 'error', legacy: 'warning' } }),
    );
    const { validate } = await settings.of('file:///a.asl.json');
    expect(validate.rules).toEqual({ 'task/no-timeout': 'off', legacy: 'warning' });
  });

  test('is read again when it is saved', async () => {
    let level = 'error';
    const { settings, save } = client({}, () => Promise.resolve({ rules: { legacy: level } }));
    expect((await settings.of('file:///a.asl.json')).validate.rules).toEqual({ legacy: 'error' });
    level = 'off';
    expect((await settings.of('file:///a.asl.json')).validate.rules).toEqual({ legacy: 'error' });
    save('file:///stepwise.config.json');
    expect((await settings.of('file:///a.asl.json')).validate.rules).toEqual({ legacy: 'off' });
  });

  test('with a mistake is told in the log, and the rest of it holds', async () => {
    const { settings, warnings } = client({}, () =>
      Promise.resolve({ rules: { 'task/no-timeuot': 'error', legacy: 'off' } }),
    );
    expect((await settings.of('file:///a.asl.json')).validate.rules).toEqual({ legacy: 'off' });
    expect(warnings).toEqual(["stepwise.config.json: There is no rule 'task/no-timeuot'."]);
  });

  test('that is no JSON leaves the editor with its own settings', async () => {
    const { settings, warnings } = client({ legacy: 'hint' }, () =>
      Promise.reject(new Error('Unexpected token')),
    );
    expect((await settings.of('file:///a.asl.json')).validate.rules).toEqual({ legacy: 'hint' });
    expect(warnings).toHaveLength(1);
  });
});
