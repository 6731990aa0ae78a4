import { parseResource } from '#core/language/services/resource.ts';
import type { State } from '#core/model/stateMachine.ts';
import { valueOf, type SyntaxNode } from '#core/syntax/node.ts';

/** What a Task runs that is made elsewhere, and the field that names it. */
export interface Call {
  readonly kind: 'function' | 'machine';
  readonly field: 'Resource' | 'FunctionName' | 'StateMachineArn';
}

/** How a Task calls a function or another state machine; nothing where it calls something else. */
export function callOf(state: State): Call | undefined {
  const node = state.type === 'Task' ? valueOf(state.node, 'Resource') : undefined;
  if (!node) return undefined;
  const resource = node.kind === 'string' ? parseResource(node.value) : undefined;
  if (resource?.kind !== 'optimized' && resource?.kind !== 'sdk')
    return { kind: 'function', field: 'Resource' };
  const call = `${resource.service.text}:${resource.action.text}`;
  if (call === 'lambda:invoke') return { kind: 'function', field: 'FunctionName' };
  if (/^(?:states|sfn):start(?:Sync)?Execution$/.test(call))
    return { kind: 'machine', field: 'StateMachineArn' };
  return undefined;
}

/** The value that names what is called; a path or expression in its place is known at run time only. */
export function calleeOf(state: State, { field }: Call): SyntaxNode | undefined {
  if (field === 'Resource') return valueOf(state.node, field);
  const template = state.queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters';
  return valueOf(valueOf(state.node, template), field);
}
