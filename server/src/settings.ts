import {
  DidChangeConfigurationNotification,
  type ClientCapabilities,
  type Connection,
} from 'vscode-languageserver';
import { defaultSettings, readSettings, type Settings } from '#protocol/settings.ts';

/** The settings of each document, as the editor scopes them (user, workspace, folder, language). */
export interface SettingsStore {
  /** Asks the editor to tell of changes; once it has said that it is initialized. */
  readonly askForNews: () => void;
  readonly of: (uri: string) => Promise<Settings>;
  readonly forget: (uri: string) => void;
  readonly onDidChange: (listener: () => void) => void;
}

/** Asks for settings when they are first needed and again after each change. */
export function followSettings(connection: Connection, capabilities: ClientCapabilities): SettingsStore {
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
  return {
    askForNews: () => {
      if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration !== true) return;
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'stepwise' })
        .catch((error: unknown) => connection.console.warn(`No news of settings: ${String(error)}`));
    },
    of: uri => {
      if (!canAsk) return Promise.resolve(pushed);
      const settings = known.get(uri) ?? ask(uri);
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
