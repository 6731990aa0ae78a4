import type { DebugProtocol } from '@vscode/debugprotocol';
import { matches, retryDelay } from '#interpreter/flow.ts';
import type { CompiledState, Program } from '#interpreter/program.ts';
import type { StatesError } from '#interpreter/statesError.ts';
import type { Raised } from './raised.ts';
import { durationText } from './duration.ts';

/** What `exceptionInfo` tells: the error, its cause, and what becomes of it. */
export function exceptionInfo(
  raised: Raised,
  program: Program,
): NonNullable<DebugProtocol.ExceptionInfoResponse['body']> {
  const { error, cause } = raised.error;
  const next = outlook(raised, program);
  return {
    exceptionId: error ?? 'an error without a name',
    description: cause === undefined || cause === '' ? next : cause,
    breakMode: raised.handling.kind === 'uncaught' ? 'unhandled' : 'always',
    details: {
      ...(error !== undefined && { typeName: error, fullTypeName: error }),
      ...(cause !== undefined && { message: cause }),
      evaluateName: '$states.errorOutput',
      // Shown below the description.
      stackTrace: [
        ...(cause === undefined || cause === '' ? [] : [next]),
        `Attempt ${raised.retries + 1} of '${raised.stateName}'.`,
      ].join('\n'),
    },
  };
}

/** What becomes of an error, in a sentence. */
export function outlook({ handling, stateName }: Raised, program: Program): string {
  switch (handling.kind) {
    case 'uncaught':
      return 'Nothing retries or catches it: the execution fails.';
    case 'retried': {
      const state = program.states.get(handling.state);
      const retrier = state?.retriers[handling.retrier];
      const of = retrier ? ` of ${retrier.maxAttempts}` : '';
      return `Retrier ${handling.retrier + 1}${whose(state, stateName)} tries again: retry ${handling.retry}${of}.`;
    }
    case 'caught': {
      const state = program.states.get(handling.state);
      const next = state?.catchers[handling.catcher]?.next.name ?? '';
      return `Catcher ${handling.catcher + 1}${whose(state, stateName)} catches it and goes on with '${next}'.`;
    }
  }
}

function whose(state: CompiledState | undefined, stateName: string): string {
  return state && state.name !== stateName ? ` of '${state.name}'` : '';
}

/** Which of a state's Retriers and Catchers would take an error, and in which order. */
export function describeHandlers(
  { retriers, catchers }: CompiledState,
  error: StatesError,
  retries: readonly number[] | undefined,
): string {
  const parts: string[] = [];
  const retrierIndex = retriers.findIndex(({ errors }) => matches(errors, error));
  const retrier = retriers[retrierIndex];
  if (retrier) {
    const before = retries?.[retrierIndex] ?? 0;
    parts.push(
      before < retrier.maxAttempts
        ? `Retrier ${retrierIndex + 1} tries again after ${durationText(retryDelay(retrier, before) * 1000)} (${before} of ${retrier.maxAttempts} done)`
        : `Retrier ${retrierIndex + 1} is exhausted`,
    );
  }
  const catcherIndex = catchers.findIndex(({ errors }) => matches(errors, error));
  const catcher = catchers[catcherIndex];
  if (catcher) parts.push(`Catcher ${catcherIndex + 1} goes on with '${catcher.next.name}'`);
  return parts.join('; then ') || 'Nothing retries or catches it';
}
