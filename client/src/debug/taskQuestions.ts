import {
  debug,
  DebugStackFrame,
  Disposable,
  l10n,
  QuickPickItemKind,
  window,
  type DebugSession,
  type QuickPickItem,
} from 'vscode';
import type { LazyLanguageClient } from '#client/lazyLanguageClient.ts';
import {
  answerRequest,
  goOnRequest,
  readTaskEvent,
  taskEvent,
  type AnswerArguments,
  type TaskEvent,
} from '#protocol/debugHost.ts';
import { debugType } from './launching.ts';
import { editJson } from './jsonEditor.ts';
import { saveMockCase } from './mockCase.ts';

/** Asks the user for the answers of tasks that nothing stands for. */
export function taskQuestions(client: LazyLanguageClient): Disposable {
  return debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
    const task = session.type === debugType && event === taskEvent ? readTaskEvent(body) : undefined;
    if (task) void ask(session, task, client);
  });
}

type Choice = QuickPickItem & { readonly choose?: () => Promise<AnswerArguments | 'save' | undefined> };

async function ask(session: DebugSession, task: TaskEvent, client: LazyLanguageClient): Promise<void> {
  if (session.configuration['noDebug'] !== true) await stopShown(session);
  for (;;) {
    const chosen = await window.showQuickPick<Choice>(choicesFor(task, client), {
      title: l10n.t("What does '{0}' get?", task.stateName),
      placeHolder: l10n.t('{0}, called with {1}', task.resource, shortened(task.parameters)),
      ignoreFocusOut: true,
      matchOnDetail: true,
    });
    // Left open, the question is asked again when the execution is to go on.
    if (!chosen?.choose) return;
    const answer = await chosen.choose();
    if (answer === 'save') {
      await saveMockCase(client, session);
      continue;
    }
    if (!answer) continue;
    try {
      await session.customRequest(answerRequest, { ...answer, holds: true });
      if (answer.kind !== 'heartbeat') await session.customRequest(goOnRequest);
    } catch (error) {
      void window.showErrorMessage(error instanceof Error ? error.message : String(error));
      return;
    }
    if (answer.kind !== 'heartbeat') return;
  }
}

/**
 * The adapter stops before it asks. Once VS Code shows where, it gives the focus to the editor: from a list that
 * is there already it would take it, and the keys meant for the list would change the definition.
 */
function stopShown({ id }: DebugSession): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      clearTimeout(timer);
      events.dispose();
      resolve();
    };
    const events = Disposable.from(
      debug.onDidChangeActiveStackItem(item => {
        if (item instanceof DebugStackFrame && item.session.id === id) done();
      }),
      debug.onDidTerminateDebugSession(ended => {
        if (ended.id === id) done();
      }),
    );
    const timer = setTimeout(done, latestStop);
  });
}

/** Milliseconds after which no place of a stop is expected any more: VS Code looks at another session. */
const latestStop = 2000;

function choicesFor(task: TaskEvent, client: LazyLanguageClient): readonly Choice[] {
  const { request, earlier, errors, token } = task;
  const succeed = (output: unknown): AnswerArguments => ({ request, kind: 'succeeded', output });
  const fail = (error: string, cause: string): AnswerArguments => ({ request, kind: 'failed', error, cause });
  const known = unique(earlier.map(shortened)).slice(0, 5);
  const names = unique([
    ...errors.filter(name => name !== 'States.ALL'),
    'States.TaskFailed',
    'States.Timeout',
  ]);
  return [
    {
      label:
        token === undefined
          ? l10n.t('$(edit) Write the result…')
          : l10n.t('$(edit) Send success with an output…'),
      detail: l10n.t('Opens an editor for JSON'),
      choose: async () => {
        const written = await editJson(
          l10n.t("Result of '{0}'", task.stateName),
          earlier[0] ?? sampleOf(task.resource),
          client,
        );
        return written && succeed(written.value);
      },
    },
    ...known.map((label): Choice => {
      const output = earlier.find(each => shortened(each) === label);
      return {
        label: `$(history) ${label}`,
        description: l10n.t('as before'),
        choose: () => Promise.resolve(succeed(output)),
      };
    }),
    {
      label: '$(json) {}',
      description: l10n.t('an empty object'),
      choose: () => Promise.resolve(succeed({})),
    },
    { label: l10n.t('Errors'), kind: QuickPickItemKind.Separator },
    ...names.map((name): Choice => ({
      label: `$(error) ${name}`,
      ...(errors.includes(name) && { description: l10n.t('a Retrier or Catcher knows it') }),
      choose: async () => {
        const cause = await causeOf(name);
        return cause === undefined ? undefined : fail(name, cause);
      },
    })),
    {
      label: l10n.t('$(error) Another error…'),
      choose: async () => {
        const name = await window.showInputBox({ title: l10n.t('Name of the error'), ignoreFocusOut: true });
        const cause = name === undefined || name === '' ? undefined : await causeOf(name);
        return name === undefined || cause === undefined ? undefined : fail(name, cause);
      },
    },
    { label: '', kind: QuickPickItemKind.Separator },
    ...(token === undefined
      ? []
      : [
          {
            label: l10n.t('$(heart) Send a heartbeat'),
            detail: token,
            choose: () => Promise.resolve<AnswerArguments>({ request, kind: 'heartbeat' }),
          },
        ]),
    {
      label: l10n.t('$(save) Save the answers so far as a mock case…'),
      choose: () => Promise.resolve('save' as const),
    },
  ];
}

function causeOf(error: string): Thenable<string | undefined> {
  return window.showInputBox({ title: l10n.t('Cause of {0}', error), ignoreFocusOut: true });
}

/** What such a call gives back, as far as its kind tells. */
function sampleOf(resource: string): unknown {
  return /:lambda:invoke/.test(resource) && !resource.endsWith('.waitForTaskToken')
    ? { StatusCode: 200, Payload: {} }
    : {};
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
