import type { State } from '#core/model/stateMachine.ts';
import { isDeferred, valueOf, type ObjectNode, type StringNode } from '#core/syntax/node.ts';

/** A Retrier or Catcher with the names it is for. */
export interface ErrorHandler {
  readonly kind: 'retry' | 'catch';
  readonly node: ObjectNode;
  readonly names: readonly StringNode[];
  /** Whether one of the names is decided at deployment. */
  readonly isDeferred: boolean;
}

export function retriersOf(state: State): readonly ErrorHandler[] {
  return state.retriers.map(node => handler('retry', node));
}

export function catchersOf(state: State): readonly ErrorHandler[] {
  return state.catchers.map(node => handler('catch', node));
}

function handler(kind: ErrorHandler['kind'], node: ObjectNode): ErrorHandler {
  const value = valueOf(node, 'ErrorEquals');
  const items = value?.kind === 'array' ? value.items : [];
  return {
    kind,
    node,
    names: items.filter(item => item.kind === 'string').filter(item => !isDeferred(item)),
    isDeferred: value === undefined || value.kind !== 'array' || items.some(isDeferred),
  };
}

/** The names of a kind's handlers, as one set. */
export function allNames(handlers: readonly ErrorHandler[]): ReadonlySet<string> {
  return new Set(handlers.flatMap(({ names }) => names.map(({ value }) => value)));
}
