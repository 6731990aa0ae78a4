import type { PassState } from '#core/model/stateMachine.ts';
import type { Compiler } from '../compiler.ts';
import {
  assign,
  entering,
  evaluating,
  inputPath,
  leaving,
  output,
  outputPath,
  parameters,
  resultPath,
} from '../dataFlow.ts';
import type { Stage } from '../program.ts';

/**
 * A Pass state: its Result, or else its effective input, is its result.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html
 */
export function passStages(compiler: Compiler, state: PassState): Stage[] {
  const enter = entering('PassStateEntered', state.name);
  if (state.queryLanguage === 'JSONata')
    return [enter, ...assign(compiler, state, strand => strand.input), ...output(compiler, state), leaving];
  const result = compiler.json(state.node, 'Result');
  return [
    enter,
    ...inputPath(compiler, state),
    ...parameters(compiler, state),
    ...(result === undefined ? [] : [evaluating('result', () => result)]),
    ...assign(compiler, state, strand => strand.data),
    ...resultPath(compiler, state),
    ...outputPath(compiler, state),
    leaving,
  ];
}
