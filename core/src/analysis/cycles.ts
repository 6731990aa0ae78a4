import type { Scope, State } from '#core/model/stateMachine.ts';
import type { StateReference } from './references.ts';

/**
 * The loops of a scope: groups of states each of which leads to all others of its group, or to itself.
 *
 * Tarjan's strongly connected components, without recursion: a definition may be a chain of ten thousand states.
 */
export function cyclesIn(
  scope: Scope,
  successors: (state: State) => readonly StateReference[],
): readonly (readonly State[])[] {
  const cycles: State[][] = [];
  const order = new Map<State, number>();
  const lowest = new Map<State, number>();
  const open: State[] = [];
  const isOpen = new Set<State>();
  for (const root of scope.states) {
    if (order.has(root)) continue;
    const frames: Frame[] = [];
    const enter = (state: State): void => {
      order.set(state, order.size);
      lowest.set(state, order.size - 1);
      open.push(state);
      isOpen.add(state);
      frames.push({ state, next: 0 });
    };
    enter(root);
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const { state } = frame;
      const to = successors(state)[frame.next++]?.to;
      if (to) {
        if (!order.has(to)) enter(to);
        else if (isOpen.has(to)) lower(lowest, state, order.get(to) ?? 0);
      } else if (frame.next > successors(state).length) {
        frames.pop();
        const parent = frames.at(-1);
        if (parent) lower(lowest, parent.state, lowest.get(state) ?? 0);
        if (lowest.get(state) !== order.get(state)) continue;
        const group = open.splice(open.lastIndexOf(state));
        for (const member of group) isOpen.delete(member);
        if (group.length > 1 || successors(state).some(edge => edge.to === state)) cycles.push(group);
      }
    }
  }
  return cycles;
}

interface Frame {
  readonly state: State;
  next: number;
}

function lower(lowest: Map<State, number>, state: State, to: number): void {
  lowest.set(state, Math.min(lowest.get(state) ?? to, to));
}
