import type { SucceedState } from '#core/model/stateMachine.ts';
import type { Compiler } from '../compiler.ts';
import { entering, inputPath, leaving, output, outputPath } from '../dataFlow.ts';
import type { Stage } from '../program.ts';

/**
 * A Succeed state ends its execution, branch or iteration.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html
 */
export function succeedStages(compiler: Compiler, state: SucceedState): Stage[] {
  const enter = entering('SucceedStateEntered', state.name);
  if (state.queryLanguage === 'JSONata') return [enter, ...output(compiler, state), leaving];
  return [enter, ...inputPath(compiler, state), ...outputPath(compiler, state), leaving];
}
