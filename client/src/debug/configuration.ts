import {
  l10n,
  Uri,
  window,
  workspace,
  type CancellationToken,
  type DebugConfiguration,
  type DebugConfigurationProvider,
  type Memento,
  type QuickPickItem,
  type TextDocument,
  type WorkspaceFolder,
} from 'vscode';
import { readJson } from '#client/json.ts';
import { holdsDefinition } from '#client/languages.ts';
import type { LazyLanguageClient } from '#client/lazyLanguageClient.ts';
import { pathOf, uriOf } from './adapter.ts';
import { machineName, machinesOfWorkspace } from './workspaceMachines.ts';

/**
 * Completes launch configurations. Without a launch.json the open definition is run: with the test case
 * of a mock file beside it, and an input that is asked for once and remembered.
 */
export class ConfigurationProvider implements DebugConfigurationProvider {
  readonly #memory: Memento;
  readonly #client: LazyLanguageClient;
  /** Definitions whose input the user wants to write, although a file with one lies beside. */
  readonly #asksInput = new Set<string>();

  constructor(memory: Memento, client: LazyLanguageClient) {
    this.#memory = memory;
    this.#client = client;
  }

  provideDebugConfigurations(): DebugConfiguration[] {
    return [{ type: 'asl', request: 'launch', name: l10n.t('Debug State Machine'), program: '${file}' }];
  }

  resolveDebugConfiguration(
    _folder: WorkspaceFolder | undefined,
    config: DebugConfiguration,
  ): DebugConfiguration | undefined {
    if (!workspace.isTrusted) {
      void window.showErrorMessage(
        l10n.t('State machines are run in trusted workspaces only. Trust this workspace to debug.'),
      );
      return undefined;
    }
    const document = window.activeTextEditor?.document;
    // F5 without a launch.json gives an empty configuration.
    if (!config.type && !config.request && !config.name) {
      if (!document || !holdsDefinition(document)) return config;
      return {
        ...config,
        type: 'asl',
        request: 'launch',
        name: l10n.t('Debug State Machine'),
        program: pathOf(document.uri),
      };
    }
    if (config['program'] === undefined && document && holdsDefinition(document))
      return { ...config, program: pathOf(document.uri) };
    return config;
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: WorkspaceFolder | undefined,
    config: DebugConfiguration,
    token?: CancellationToken,
  ): Promise<DebugConfiguration | undefined> {
    const program: unknown = config['program'];
    if (typeof program !== 'string' || program === '') {
      void window.showErrorMessage(
        l10n.t('Open a state machine definition, or name one as "program" in launch.json.'),
      );
      return undefined;
    }
    const uri = uriOf(program);
    if (config.request === 'attach') {
      if (typeof config['history'] === 'string' && config['history'] !== '')
        return withMachines(config, uri, token);
      void window.showErrorMessage(
        l10n.t('Name the history of the execution to replay as "history" in launch.json.'),
      );
      return undefined;
    }
    const mocked = await this.#withMocks(config, uri, token);
    const completed = mocked && (await this.#withInput(mocked, uri, token));
    return completed && (await withMachines(completed, uri, token));
  }

  /** A `MockConfigFile.json` beside the definition is used unless the configuration names another, or `unmocked`. */
  async #withMocks(
    config: DebugConfiguration,
    uri: Uri,
    token: CancellationToken | undefined,
  ): Promise<DebugConfiguration | undefined> {
    if (config['mockFile'] !== undefined && config['testCase'] !== undefined) return config;
    // Who says what becomes of tasks without a mock means that there is none.
    if (config['mockFile'] === undefined && config['unmocked'] !== undefined) return config;
    const mockUri =
      typeof config['mockFile'] === 'string'
        ? uriOf(config['mockFile'])
        : Uri.joinPath(uri, '..', 'MockConfigFile.json');
    const given: unknown = config['stateMachine'];
    const cases = await testCasesIn(mockUri, typeof given === 'string' ? given : machineName(uri));
    if (cases.length === 0) return config;
    const chosen = cases.length === 1 ? cases[0] : await pickTestCase(cases, token);
    if (chosen === undefined) return undefined;
    return chosen === askMe ? config : { ...config, mockFile: pathOf(mockUri), testCase: chosen };
  }

  async #withInput(
    config: DebugConfiguration,
    uri: Uri,
    token: CancellationToken | undefined,
  ): Promise<DebugConfiguration | undefined> {
    if (config['input'] !== undefined || config['inputFile'] !== undefined) return config;
    const key = `input ${uri.toString()}`;
    const last = this.#memory.get<string>(key);
    if (last !== undefined) return { ...config, input: JSON.parse(last) as unknown };
    const beside = Uri.joinPath(uri, '..', 'input.json');
    const isAskedFor = this.#asksInput.delete(uri.toString());
    if (!isAskedFor && (await exists(beside))) return { ...config, inputFile: pathOf(beside) };
    const text = await window.showInputBox(
      {
        title: l10n.t('Input of the execution'),
        prompt: l10n.t('JSON. It is remembered for this state machine; "Stepwise: Change Input" asks again.'),
        value: '{}',
        ignoreFocusOut: true,
        validateInput: async text => {
          const reading = await readJson(text, this.#client);
          return 'problem' in reading ? reading.problem : undefined;
        },
      },
      token,
    );
    if (text === undefined) return undefined;
    await this.#memory.update(key, text);
    return { ...config, input: JSON.parse(text) as unknown };
  }

  /** Forgets the remembered input of a definition, so that it is asked for at the next start. */
  async forgetInput(document: TextDocument): Promise<void> {
    this.#asksInput.add(document.uri.toString());
    await this.#memory.update(`input ${document.uri.toString()}`, undefined);
  }
}

/** What the workspace holds for tasks that start executions; the debugger looks there last. */
async function withMachines(
  config: DebugConfiguration,
  uri: Uri,
  token: CancellationToken | undefined,
): Promise<DebugConfiguration> {
  return { ...config, workspaceStateMachines: await machinesOfWorkspace(uri, token) };
}

/** Stands for the choice to answer each task oneself. */
const askMe = Symbol('ask me');

async function pickTestCase(
  cases: readonly string[],
  token: CancellationToken | undefined,
): Promise<string | typeof askMe | undefined> {
  const asking = { label: l10n.t('$(question) None: ask me for the answer of each task') };
  const items: QuickPickItem[] = [...cases.map(label => ({ label })), asking];
  const options = {
    title: l10n.t('Test case whose answers the tasks get'),
    placeHolder: l10n.t('From MockConfigFile.json beside the definition'),
  };
  const chosen = await window.showQuickPick(items, options, token);
  return chosen === asking ? askMe : chosen?.label;
}

/** Names of the test cases that a mock file has for a state machine; none where it cannot be read. */
async function testCasesIn(uri: Uri, machine: string): Promise<readonly string[]> {
  if (!(await exists(uri))) return [];
  try {
    const file: unknown = JSON.parse((await workspace.openTextDocument(uri)).getText());
    const testCases = member(member(member(file, 'StateMachines'), machine), 'TestCases');
    return typeof testCases === 'object' && testCases !== null ? Object.keys(testCases) : [];
  } catch {
    // The debugger reads the file again and says what is wrong with it, and where.
    return [];
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
