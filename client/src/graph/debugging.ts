import { debug, DebugStackFrame, DebugThread, l10n, window, type DebugSession, type Uri } from 'vscode';
import { pathOf, uriOf } from '#client/debug/adapter.ts';
import type * as lsp from '#protocol/lsp.ts';

/** What the graph asks of the debugger. */

/** Lets the stopped execution go on with the state whose name stands at a place. */
export async function setNextState(uri: Uri, at: lsp.Position): Promise<void> {
  const session = sessionOf(uri);
  if (session) await goTo(session, threadOf(session), at);
}

/**
 * Debugs the definition, stopped before the state whose name stands at a place: nothing that leads there
 * is run. Only states of the outermost scope can be begun with, as others need the data of what is around.
 */
export async function runFrom(uri: Uri, at: lsp.Position): Promise<void> {
  const stopped = firstStop(uri);
  const name = uri.path.split('/').at(-1) ?? '';
  const config = { type: 'asl', request: 'launch', name, program: pathOf(uri), stopOnEntry: true };
  try {
    if (!(await debug.startDebugging(undefined, config))) return;
    const session = await stopped.happened;
    if (session) await goTo(session, threadOf(session), at);
  } finally {
    stopped.forget();
  }
}

function sessionOf(uri: Uri): DebugSession | undefined {
  const session = debug.activeDebugSession;
  return session && runs(session, uri) ? session : undefined;
}

function runs({ type, configuration }: DebugSession, uri: Uri): boolean {
  const program: unknown = configuration['program'];
  return type === 'asl' && typeof program === 'string' && uriOf(program).toString() === uri.toString();
}

/** The thread that is chosen in the Call Stack view; the execution's own where none is. */
function threadOf(session: DebugSession): number {
  const item = debug.activeStackItem;
  const isOne = item instanceof DebugThread || item instanceof DebugStackFrame;
  return isOne && item.session.id === session.id ? item.threadId : 1;
}

async function goTo(
  session: DebugSession,
  threadId: number,
  { line, character }: lsp.Position,
): Promise<void> {
  // With a reference VS Code leaves the path alone. Without, a remote window makes of it one of the user's machine.
  const source = { path: session.configuration['program'] as unknown, sourceReference: 1 };
  try {
    const reply: unknown = await session.customRequest('gotoTargets', {
      source,
      line: line + 1,
      column: character + 1,
    });
    const targetId = firstTarget(reply);
    if (targetId !== undefined) await session.customRequest('goto', { threadId, targetId });
  } catch (error) {
    // The debugger says why it cannot go there.
    void window.showWarningMessage(
      error instanceof Error ? error.message : l10n.t('The debugger cannot go there.'),
    );
  }
}

function firstTarget(reply: unknown): number | undefined {
  if (typeof reply !== 'object' || reply === null || !('targets' in reply) || !Array.isArray(reply.targets))
    return undefined;
  const [target] = reply.targets as readonly unknown[];
  return typeof target === 'object' && target !== null && 'id' in target && typeof target.id === 'number'
    ? target.id
    : undefined;
}

/** Waits until VS Code stands in the next execution of a definition; there is none where that ends before. */
function firstStop(uri: Uri): {
  readonly happened: Promise<DebugSession | undefined>;
  readonly forget: () => void;
} {
  let resolve: (session: DebugSession | undefined) => void = () => undefined;
  const happened = new Promise<DebugSession | undefined>(settle => {
    resolve = settle;
  });
  const listeners = [
    debug.onDidChangeActiveStackItem(item => {
      if (item instanceof DebugStackFrame && runs(item.session, uri)) resolve(item.session);
    }),
    debug.onDidTerminateDebugSession(session => {
      if (runs(session, uri)) resolve(undefined);
    }),
  ];
  return {
    happened,
    forget: () => {
      for (const listener of listeners) listener.dispose();
    },
  };
}
