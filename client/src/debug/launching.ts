import { debug, l10n, Uri, window, type DebugConfiguration, type Memento } from 'vscode';
import { holdsDefinition } from '#client/languages.ts';
import { pathOf } from './adapter.ts';

export const debugType = 'asl';

/** What a command, a button or a code lens asks to run; without it the open definition is meant. */
export interface RunRequest {
  readonly uri: Uri;
  /** Which of several definitions of a template, from 0. */
  readonly machine?: number;
  readonly mockFile?: Uri;
  readonly testCase?: string;
}

/** Reads the argument of `stepwise.run` and `stepwise.debug`: a URI, or what a code lens gives. */
export function readRunRequest(argument: unknown): RunRequest | undefined {
  if (argument instanceof Uri) return { uri: argument };
  if (typeof argument === 'object' && argument !== null && 'uri' in argument) {
    const { uri, machine, mockFile, testCase } = argument as Readonly<Record<string, unknown>>;
    if (typeof uri !== 'string') return undefined;
    return {
      uri: Uri.parse(uri),
      ...(typeof machine === 'number' && { machine }),
      ...(typeof mockFile === 'string' && { mockFile: Uri.parse(mockFile) }),
      ...(typeof testCase === 'string' && { testCase }),
    };
  }
  const document = window.activeTextEditor?.document;
  return document && holdsDefinition(document) ? { uri: document.uri } : undefined;
}

/** Starts a session; without debugging, only questions that the user must answer stop it. */
export async function start(request: RunRequest | undefined, mode: 'run' | 'debug'): Promise<void> {
  if (!request) {
    void window.showInformationMessage(l10n.t('Open a state machine definition to run it.'));
    return;
  }
  const { uri, machine, mockFile, testCase } = request;
  await debug.startDebugging(
    undefined,
    {
      type: debugType,
      request: 'launch',
      name: uri.path.split('/').at(-1) ?? '',
      program: pathOf(uri),
      ...(machine !== undefined && machine > 0 && { machine }),
      ...(mockFile && { mockFile: pathOf(mockFile) }),
      ...(testCase !== undefined && { testCase }),
    },
    { noDebug: mode === 'run' },
  );
}

/** The configurations that were run last, by definition. */
export class LastLaunches {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  async remember(config: DebugConfiguration): Promise<void> {
    const { __sessionId: _, ...kept } = config as DebugConfiguration & { readonly __sessionId?: unknown };
    await this.#memory.update(keyOf(String(config['program'])), { ...kept, noDebug: undefined });
  }

  /** The same program with the same input and answers as last time, if it ran before. */
  async repeat(uri: Uri): Promise<void> {
    const last = this.#memory.get<DebugConfiguration>(keyOf(pathOf(uri)));
    if (last) await debug.startDebugging(undefined, last);
    else await start({ uri }, 'debug');
  }
}

/** The input that a definition was last run with, where the configuration itself held it. */
export function lastInputOf(memory: Memento, uri: Uri): unknown {
  return memory.get<DebugConfiguration>(keyOf(pathOf(uri)))?.['input'];
}

function keyOf(program: string): string {
  return `launch ${program}`;
}
