import type { State, StateMachine } from '#core/model/stateMachine.ts';
import { isDeferred, valueOf, type ObjectNode, type StringNode, type SyntaxNode } from '#core/syntax/node.ts';

/** A Retrier or Catcher with the names it is for. */
export interface ErrorHandler {
  readonly kind: 'retry' | 'catch';
  readonly node: ObjectNode;
  readonly names: readonly StringNode[];
  /** Whether one of the names is decided at deployment. */
  readonly isDeferred: boolean;
}

/** A state that retries or catches. */
export interface StateHandlers {
  readonly state: State;
  readonly retriers: readonly ErrorHandler[];
  readonly catchers: readonly ErrorHandler[];
  /** Retriers before Catchers, as they are asked. */
  readonly all: readonly ErrorHandler[];
}

/** The states that have Retriers or Catchers, in the order of `machine.states`. */
export function collectErrorHandlers({ states }: StateMachine): readonly StateHandlers[] {
  const found: StateHandlers[] = [];
  for (const state of states) {
    if (state.retriers.length === 0 && state.catchers.length === 0) continue;
    const retriers = state.retriers.map(node => handler('retry', node));
    const catchers = state.catchers.map(node => handler('catch', node));
    found.push({ state, retriers, catchers, all: [...retriers, ...catchers] });
  }
  return found;
}

function handler(kind: ErrorHandler['kind'], node: ObjectNode): ErrorHandler {
  const value = valueOf(node, 'ErrorEquals');
  if (value?.kind !== 'array') return { kind, node, names: [], isDeferred: true };
  // Mostly all are plain names; then the tree's own array will do.
  if (value.items.every(isPlainName)) return { kind, node, names: value.items, isDeferred: false };
  const names: StringNode[] = [];
  let hasDeferred = false;
  for (const item of value.items) {
    if (isDeferred(item)) hasDeferred = true;
    else if (item.kind === 'string') names.push(item);
  }
  return { kind, node, names, isDeferred: hasDeferred };
}

function isPlainName(item: SyntaxNode): item is StringNode {
  return item.kind === 'string' && !isDeferred(item);
}

/** Whether one of the handlers is for the error of that name. */
export function isNamed(error: string, handlers: readonly ErrorHandler[]): boolean {
  return handlers.some(({ names }) => names.some(({ value }) => value === error));
}
