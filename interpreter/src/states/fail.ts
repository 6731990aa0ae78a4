import type { Json } from '#core/json.ts';
import type { FailState } from '#core/model/stateMachine.ts';
import type { Compiler } from '../compiler.ts';
import { entering, inputPath } from '../dataFlow.ts';
import type { Expression } from '../expression.ts';
import { endStrand, fail } from '../flow.ts';
import type { Stage } from '../program.ts';
import { Failure } from '../statesError.ts';

/**
 * A Fail state ends its execution, branch or iteration with an error. It has no exit event.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html
 */
export function failStages(compiler: Compiler, state: FailState): Stage[] {
  const error = description(compiler, state, 'Error');
  const cause = description(compiler, state, 'Cause');
  return [
    entering('FailStateEntered', state.name),
    ...inputPath(compiler, state),
    {
      name: 'fail',
      perform(run, strand) {
        const bound = run.bind(strand, strand.data);
        const name = error?.(bound);
        if (name instanceof Failure) return fail(run, strand, name);
        const reason = cause?.(bound);
        if (reason instanceof Failure) return fail(run, strand, reason);
        return endStrand(run, strand, { status: 'FAILED', error: text(name), cause: text(reason) });
      },
    },
  ];
}

function description(compiler: Compiler, state: FailState, field: 'Error' | 'Cause'): Expression | undefined {
  if (state.queryLanguage === 'JSONata') return compiler.jsonataOf(state.node, field, 'string');
  const literal = compiler.text(state.node, field);
  return literal === undefined ? compiler.description(state.node, `${field}Path`) : () => literal;
}

function text(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
