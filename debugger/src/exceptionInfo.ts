import type { DebugProtocol } from '@vscode/debugprotocol';
import { inWords, say, type Message, type Words } from '#core/text/message.ts';
import type { Translate } from '#core/text/translate.ts';
import { matches, retryDelay } from '#interpreter/flow.ts';
import type { CompiledState, Program } from '#interpreter/program.ts';
import type { StatesError } from '#interpreter/statesError.ts';
import { causeInWords } from './causes.ts';
import type { Raised } from './raised.ts';
import { durationText } from './duration.ts';

/** What `exceptionInfo` tells: the error, its cause, and what becomes of it. */
export function exceptionInfo(
  raised: Raised,
  program: Program,
  translate: Translate,
): NonNullable<DebugProtocol.ExceptionInfoResponse['body']> {
  const { error, cause } = raised.error;
  const next = inWords(outlook(raised, program), translate);
  const told = cause === undefined ? undefined : inWords(causeInWords(cause), translate);
  return {
    exceptionId: inWords(errorName(raised.error), translate),
    description: told === undefined || told === '' ? next : told,
    breakMode: raised.handling.kind === 'uncaught' ? 'unhandled' : 'always',
    details: {
      ...(error !== undefined && { typeName: error, fullTypeName: error }),
      ...(told !== undefined && { message: told }),
      ...evaluateName(raised, program),
      // Shown below the description.
      stackTrace: [
        ...(told === undefined || told === '' ? [] : [next]),
        translate("Attempt {0} of '{1}'.", raised.retries + 1, raised.stateName),
      ].join('\n'),
    },
  };
}

/** What gives the error's Error Output where it has stopped: only a Catcher sees it. */
function evaluateName({ handling }: Raised, program: Program): { readonly evaluateName?: string } {
  if (handling.kind !== 'caught') return {};
  const isJsonata = program.states.get(handling.state)?.state.queryLanguage === 'JSONata';
  return { evaluateName: isJsonata ? '$states.errorOutput' : '$' };
}

/** How an error is called. */
export function errorName({ error }: StatesError): Words {
  return error === undefined || error === '' ? say`an error without a name` : error;
}

/** What becomes of an error, in a sentence. The handler may be that of a state around the one that failed. */
export function outlook({ handling, stateName }: Raised, program: Program): Message {
  switch (handling.kind) {
    case 'uncaught':
      return say`Nothing retries or catches it: the execution fails.`;
    case 'retried': {
      const state = program.states.get(handling.state);
      const number = handling.retrier + 1;
      const { retry } = handling;
      const most = state?.retriers[handling.retrier]?.maxAttempts ?? retry;
      return state && state.name !== stateName
        ? say`Retrier ${number} of '${state.name}' tries again: retry ${retry} of ${most}.`
        : say`Retrier ${number} tries again: retry ${retry} of ${most}.`;
    }
    case 'tolerated':
      return say`The Map '${program.states.get(handling.state)?.name ?? ''}' tolerates it and goes on.`;
    case 'caught': {
      const state = program.states.get(handling.state);
      const number = handling.catcher + 1;
      const next = state?.catchers[handling.catcher]?.next.name ?? '';
      return state && state.name !== stateName
        ? say`Catcher ${number} of '${state.name}' catches it and goes on with '${next}'.`
        : say`Catcher ${number} catches it and goes on with '${next}'.`;
    }
  }
}

/** Which of a state's Retriers and Catchers would take an error, and in which order. */
export function describeHandlers(
  { retriers, catchers }: CompiledState,
  error: StatesError,
  retries: readonly number[] | undefined,
): Message {
  const retrierIndex = retriers.findIndex(({ errors }) => matches(errors, error));
  const retrier = retriers[retrierIndex];
  const before = retries?.[retrierIndex] ?? 0;
  const retried =
    retrier &&
    (before < retrier.maxAttempts
      ? say`Retrier ${retrierIndex + 1} tries again after ${durationText(retryDelay(retrier, before) * 1000)} (${before} of ${retrier.maxAttempts} done)`
      : say`Retrier ${retrierIndex + 1} is exhausted`);
  const catcherIndex = catchers.findIndex(({ errors }) => matches(errors, error));
  const catcher = catchers[catcherIndex];
  const caught = catcher && say`Catcher ${catcherIndex + 1} goes on with '${catcher.next.name}'`;
  if (retried && caught) return say`${retried}; then ${caught}`;
  return retried ?? caught ?? say`Nothing retries or catches it`;
}
