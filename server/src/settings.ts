import {
  DidChangeConfigurationNotification,
  type ClientCapabilities,
  type Connection,
} from 'vscode-languageserver';
import { configurationFile, readConfiguration } from '#core/analysis/configuration.ts';
import { defaultSettings, readSettings, type Settings } from '#protocol/settings.ts';
import type { Platform } from './platform.ts';
import type { WatchedFiles } from './watchedFiles.ts';

/** The settings of each document, as the editor scopes them (user, workspace, folder, language). */
export interface SettingsStore {
  /** Asks the editor to tell of changes; once it has said that it is initialized. */
  readonly askForNews: () => void;
  readonly of: (uri: string) => Promise<Settings>;
  readonly forget: (uri: string) => void;
  readonly onDidChange: (listener: () => void) => void;
}

/**
 * Asks for settings when they are first needed and again after each change. What the project says in its
 * `stepwise.config.json` holds where the editor's settings say nothing.
 */
export function followSettings(
  connection: Connection,
  capabilities: ClientCapabilities,
  platform: Platform,
  files: WatchedFiles,
): SettingsStore {
  const canAsk = capabilities.workspace?.configuration === true;
  const known = new Map<string, Promise<Settings>>();
  const listeners: (() => void)[] = [];
  let pushed = defaultSettings;
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    known.clear();
    if (!canAsk) pushed = readSettings(sectionOf(settings));
    for (const listener of listeners) listener();
  });
  const ask = async (uri: string): Promise<Settings> => {
    try {
      return readSettings(
        await connection.workspace.getConfiguration({ scopeUri: uri, section: 'stepwise' }),
      );
    } catch (error) {
      connection.console.warn(`Settings could not be read, the defaults hold: ${String(error)}`);
      return defaultSettings;
    }
  };
  const withProject = async (uri: string, settings: Settings): Promise<Settings> => {
    if (!platform.readProjectConfiguration) return settings;
    try {
      const { configuration, problems } = readConfiguration(
        (await platform.readProjectConfiguration(uri)) ?? {},
      );
      for (const problem of problems) connection.console.warn(`${configurationFile}: ${problem}`);
      const { validate } = settings;
      return {
        ...settings,
        validate: { ...validate, rules: { ...configuration.severity, ...validate.rules } },
      };
    } catch (error) {
      connection.console.warn(
        `${configurationFile} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
      return settings;
    }
  };
  const listen = (): void => {
    if (!platform.readProjectConfiguration) return;
    files.onDidChange(uri => {
      if (!uri.endsWith(`/${configurationFile}`)) return;
      known.clear();
      for (const listener of listeners) listener();
    });
    files.watch([`**/${configurationFile}`]);
  };
  return {
    askForNews: () => {
      listen();
      if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration !== true) return;
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'stepwise' })
        .catch((error: unknown) => connection.console.warn(`No news of settings: ${String(error)}`));
    },
    of: uri => {
      if (!canAsk) return withProject(uri, pushed);
      const settings = known.get(uri) ?? ask(uri).then(asked => withProject(uri, asked));
      known.set(uri, settings);
      return settings;
    },
    forget: uri => known.delete(uri),
    onDidChange: listener => listeners.push(listener),
  };
}

/** Clients push either everything (`{ stepwise: … }`) or the section alone. */
function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'stepwise' in settings
    ? settings.stepwise
    : settings;
}
