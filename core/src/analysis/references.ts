import type { Scope, State, StateMachine, Transition } from '#core/model/stateMachine.ts';
import type { StringNode } from '#core/syntax/node.ts';
import { touches, type Offset } from '#core/text/span.ts';

/** A place in the file that names a state: `StartAt`, `Next`, `Default`, or the `Next` of a rule or Catcher. */
export interface StateReference {
  readonly kind: 'StartAt' | Transition['kind'];
  readonly node: StringNode;
  readonly scope: Scope;
  /** The state the reference stands in; none for `StartAt`. */
  readonly from: State | undefined;
  readonly transition: Transition | undefined;
  /** The state that is meant; none when the scope has no state of that name. */
  readonly to: State | undefined;
}

/** Who names whom. Definition, references, rename, highlight and reachability all read this. */
export interface References {
  /** In the order of the file within each scope. */
  readonly all: readonly StateReference[];
  referencesTo(state: State): readonly StateReference[];
  /** The reference whose text the offset touches. */
  referenceAt(offset: Offset): StateReference | undefined;
}

export function collectReferences(machine: StateMachine): References {
  const all: StateReference[] = [];
  const byState = new Map<State, StateReference[]>();
  const add = (reference: StateReference): void => {
    all.push(reference);
    if (!reference.to) return;
    const known = byState.get(reference.to);
    if (known) known.push(reference);
    else byState.set(reference.to, [reference]);
  };
  for (const scope of machine.scopes) {
    if (scope.startAt) {
      const to = scope.stateByName.get(scope.startAt.value);
      add({ kind: 'StartAt', node: scope.startAt, scope, from: undefined, transition: undefined, to });
    }
    for (const from of scope.states) {
      for (const transition of from.transitions) {
        const to = scope.stateByName.get(transition.target.value);
        add({ kind: transition.kind, node: transition.target, scope, from, transition, to });
      }
    }
  }
  return {
    all,
    referencesTo: state => byState.get(state) ?? [],
    referenceAt: offset => all.find(reference => touches(reference.node, offset)),
  };
}
