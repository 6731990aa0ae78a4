import { inWords } from '#core/text/message.ts';
import type { Json } from '#core/json.ts';
import { buildStateMachine } from '#core/model/build.ts';
import type { StateMachine } from '#core/model/stateMachine.ts';
import { parse } from '#core/syntax/parse.ts';
import { compile } from '#interpreter/compile.ts';
import type { Answer, SyncHost } from '#interpreter/host.ts';
import type { Program } from '#interpreter/program.ts';

export function machineOf(definition: Json | string): StateMachine {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  const { root } = parse({ uri: 'test', version: 1, format: 'json', text });
  if (root?.kind !== 'object') throw new Error('The definition of the test is not an object.');
  return buildStateMachine(root);
}

export function programOf(definition: Json | string): Program {
  const compiled = compile(machineOf(definition));
  if (compiled.kind === 'refused') throw new Error(compiled.problems.map(p => inWords(p.message)).join('\n'));
  return compiled.program;
}

/** Answers each task with its parameters. */
export const echo: SyncHost = { call: ({ parameters }) => ({ kind: 'succeeded', output: parameters }) };

/** Answers the calls of each state from a list, in order. */
export function answering(answers: { readonly [stateName: string]: readonly Answer[] }): SyncHost {
  return {
    call: ({ stateName, invocation }) =>
      answers[stateName]?.[invocation] ?? { kind: 'failed', error: 'Unexpected', cause: stateName },
  };
}

export const fn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
