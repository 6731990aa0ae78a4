import { completionsFor } from '../completions.ts';
import { Refusal, request, type Call, type RequestTable } from '../connection.ts';
import { consoleCommandIn, help, type ConsoleCommand } from '../consoleCommands.ts';
import type { SessionContext } from '../context.ts';
import { watchedIn } from '../dataBreakpoints.ts';
import { evaluate } from '../evaluate.ts';
import { exceptionInfo } from '../exceptionInfo.ts';
import { framesOf } from '../frames.ts';
import { preview, typeOf } from '#core/preview.ts';
import { inWords, say, type Words } from '#core/text/message.ts';
import { scopesOf } from '../scopes.ts';
import { isSecretName, mask } from '#core/secrets.ts';
import { anything, integer, object, oneOf, optional, string } from '../shape.ts';
import { targetOf } from './changingRequests.ts';

/** Requests that look at an execution, and at expressions in it. */
export function lookingRequests(session: SessionContext): RequestTable {
  return {
    threads: request(anything, {
      run: () => {
        const { translate } = session.dialect;
        if (!session.debuggee)
          return { threads: [{ id: session.threads.idOf(''), name: translate('Execution') }] };
        const { recording, focus } = session.debuggee;
        return { threads: session.threads.list(recording.snapshot, focus, translate) };
      },
    }),
    stackTrace: request(
      object({ threadId: integer, startFrame: optional(integer), levels: optional(integer) }),
      {
        refuse: session.whenStopped,
        run: ({ threadId, startFrame, levels }) => {
          const debuggee = session.now();
          const strand = session.strandOf(threadId);
          const frames = framesOf(debuggee.recording, strand, debuggee.ruleOf(strand));
          const from = Math.max(0, startFrame ?? 0);
          const page = frames.slice(from, levels !== undefined && levels > 0 ? from + levels : undefined);
          return {
            stackFrames: session.threads.described(page, session.dialect),
            totalFrames: frames.length,
          };
        },
      },
    ),
    scopes: request(object({ frameId: integer }), {
      refuse: session.whenStopped,
      run: ({ frameId }) => ({
        scopes: scopesOf(session.frame(frameId), session.now().recording, session.variables, session.dialect),
      }),
    }),
    variables: request(
      object({
        variablesReference: integer,
        start: optional(integer),
        count: optional(integer),
        filter: optional(oneOf('indexed', 'named')),
      }),
      {
        refuse: session.whenLaunched,
        run: ({ variablesReference, start, count, filter }) => ({
          variables: session.variables.variables(variablesReference, { start: start ?? 0, count, filter }),
        }),
      },
    ),
    exceptionInfo: request(object({ threadId: integer }), {
      refuse: session.whenStopped,
      run: () => {
        const { raised, recording } = session.now();
        if (!raised) throw new Refusal(say`The execution has not stopped at an error.`, { showUser: false });
        return exceptionInfo(raised, recording.program, session.dialect.translate);
      },
    }),
    evaluate: request(object({ expression: string, frameId: optional(integer), context: optional(string) }), {
      refuse: session.whenLaunched,
      run: ({ expression, frameId, context }, call) =>
        evaluateFor(session, expression, frameId, context ?? 'repl', call),
    }),
    completions: request(
      object({ text: string, column: integer, line: optional(integer), frameId: optional(integer) }),
      {
        refuse: session.whenStopped,
        run: ({ text, column, line, frameId }) => {
          const lines = text.split('\n');
          const lineIndex = line === undefined ? 0 : session.dialect.lineFrom(line);
          const before = (lines[lineIndex] ?? '').slice(0, session.dialect.columnFrom(column));
          const from = lines.slice(0, lineIndex).reduce((length, each) => length + each.length + 1, 0);
          const items = completionsFor(before, session.scene(frameId));
          return { targets: items.map(item => ({ ...item, start: item.start + from })) };
        },
      },
    ),
    locations: request(object({ locationReference: integer }), {
      refuse: session.whenLaunched,
      run: ({ locationReference }) => {
        const location = session.variables.madeAt(locationReference);
        if (!location)
          throw new Refusal(say`It is not known where this value was made.`, { showUser: false });
        return location;
      },
    }),
  };
}

function evaluateFor(
  session: SessionContext,
  expression: string,
  frameId: number | undefined,
  context: string,
  call: Call,
): object {
  const command = context === 'repl' ? consoleCommandIn(expression) : undefined;
  if (command)
    return {
      result: inWords(obey(session, command, call), session.dialect.translate),
      variablesReference: 0,
    };
  const evaluated = evaluate(expression, session.scene(frameId));
  if (evaluated.kind === 'failed') throw new Refusal(evaluated.message, { showUser: false });
  const { value } = evaluated;
  if (context === 'clipboard')
    return {
      result: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
      variablesReference: 0,
    };
  const watched = watchedIn(expression);
  const name = String(watched?.path.at(-1) ?? '');
  const isHidden = session.secrets === 'masked' && context !== 'repl' && isSecretName(name);
  if (isHidden) return { result: mask, type: typeOf(value), variablesReference: 0 };
  const target = watched && targetOf(session, expression, frameId);
  return {
    result: preview(value, session.secrets, context === 'repl' ? 1_000 : 200),
    type: typeOf(value),
    ...session.variables.reference({ name, value, expression, ...(target && { target }) }),
  };
}

/** Does what a command of the console says; the answer is shown there. */
function obey(session: SessionContext, command: ConsoleCommand, call: Call): Words {
  const debuggee = session.now();
  const asking = debuggee.asking?.id ?? -1;
  switch (command.kind) {
    case 'help':
      return help;
    case 'wrong':
      throw new Refusal(command.message, { showUser: false });
    case 'succeed':
      session.answer(asking, { kind: 'succeeded', output: command.output }, call);
      return say`The task has succeeded.`;
    case 'fail':
      session.answer(asking, { kind: 'failed', error: command.error, cause: command.cause }, call);
      return say`The task has failed.`;
    case 'heartbeat':
      debuggee.heartbeat();
      return say`The task is alive.`;
    case 'moment': {
      session.refuseWhileRunning();
      const { end } = debuggee.recording;
      const position = Math.min(command.position, end);
      call.afterwards(() => {
        session.forget();
        debuggee.goToMoment(position);
      });
      return say`Moment ${position} of ${end}.`;
    }
  }
}
