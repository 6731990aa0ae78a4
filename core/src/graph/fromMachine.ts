import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { innerScopes, type Scope, type State, type Transition } from '#core/model/stateMachine.ts';
import { clip } from '#core/text/clip.ts';
import { inEnglish, type Translate } from '#core/text/translate.ts';
import { conditionText } from './conditionText.ts';
import type { Container, Graph, GraphEdge, GraphNode, NodeId } from './graph.ts';
import { markEdgeId, markNodeId, missingNodeId, stateNodeId, transitionEdgeId } from './nodeId.ts';
import { errorNames, stateFacts } from './stateFacts.ts';

export interface GraphOptions {
  /** Parallel and Map states whose inside is not drawn. */
  readonly collapsed: ReadonlySet<Pointer>;
  /** For whom it is drawn; a picture for no one in particular speaks English. */
  readonly translate?: Translate;
}

/** Longest label that stands on an edge; longer ones end in an ellipsis, and the tooltip has the rest. */
const maximumLabel = 36;

/** Draws a state machine: what leads where, and what is inside what. */
export function graphOf(machine: MachineAnalysis, { collapsed, translate = inEnglish }: GraphOptions): Graph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const containers: Container[] = [];
  const missing = new Set<NodeId>();

  const drawScope = (scope: Scope, container: NodeId | undefined): void => {
    if (scope.kind === 'stateMachine') {
      const start = markNodeId('start', scope.pointer);
      nodes.push({ kind: 'start', id: start, container });
    }
    for (const state of machine.flow.inFlowOrder(scope)) {
      if (scope.stateByName.get(state.name) === state) drawState(state, container);
    }
    if (scope.kind === 'stateMachine') {
      if (scope.startAt)
        connectMark(
          markNodeId('start', scope.pointer),
          targetOf(scope, scope.startAt.value, container),
          'start',
        );
      const ends = scope.states.filter(state => state.isTerminal && state.type !== 'Fail');
      if (ends.length > 0) nodes.push({ kind: 'end', id: markNodeId('end', scope.pointer), container });
      for (const state of ends)
        connectMark(stateNodeId(state.pointer), markNodeId('end', scope.pointer), 'end');
    }
  };

  const drawState = (state: State, container: NodeId | undefined): void => {
    const facts = stateFacts(state, machine.flow.isReachable(state), translate);
    const id = stateNodeId(state.pointer);
    const scopes = innerScopes(state).filter(({ states }) => states.length > 0);
    if (scopes.length === 0 || collapsed.has(state.pointer)) {
      nodes.push({
        ...facts,
        kind: 'state',
        id,
        container,
        hidden: scopes.reduce((sum, scope) => sum + countStates(scope), 0),
      });
    } else {
      containers.push({ ...facts, id, container });
      if (state.type === 'Parallel') {
        const fork = markNodeId('fork', state.pointer);
        nodes.push({ kind: 'fork', id: fork, container: id });
        for (const scope of scopes) {
          drawScope(scope, id);
          if (scope.startAt) connectMark(fork, targetOf(scope, scope.startAt.value, id), 'fork');
        }
      } else {
        for (const scope of scopes) drawScope(scope, id);
      }
    }
    for (const transition of state.transitions) edges.push(transitionEdge(state, transition, container));
  };

  const transitionEdge = (state: State, transition: Transition, container: NodeId | undefined): GraphEdge => {
    const description = descriptionOf(transition, translate);
    return {
      id: transitionEdgeId(state.pointer, transition),
      kind: edgeKinds[transition.kind],
      from: stateNodeId(state.pointer),
      to: targetOf(state.scope, transition.target.value, container),
      label: labelOf(transition, description),
      description,
    };
  };

  const connectMark = (from: NodeId, to: NodeId, kind: 'start' | 'end' | 'fork'): void => {
    edges.push({ id: markEdgeId(from, to), kind, from, to, label: '', description: '' });
  };

  const targetOf = (scope: Scope, name: string, container: NodeId | undefined): NodeId => {
    const state = scope.stateByName.get(name);
    if (state) return stateNodeId(state.pointer);
    const id = missingNodeId(scope.pointer, name);
    if (!missing.has(id)) {
      missing.add(id);
      nodes.push({ kind: 'missing', id, container, name });
    }
    return id;
  };

  drawScope(machine.machine.root, undefined);
  return { nodes, edges, containers };
}

const edgeKinds = { Choice: 'choice', Default: 'default', Next: 'next', Catch: 'catch' } as const;

/** What fits on an edge: of long paths their last names, of many errors the first. */
function labelOf({ kind }: Transition, description: string): string {
  if (description.length <= maximumLabel) return description;
  return clip(kind === 'Catch' ? firstErrors(description) : withShortPaths(description), maximumLabel);
}

/** `$.a.order.status = "OPEN"` as `….status = "OPEN"`; what begins or ends with a bracket stays. */
function withShortPaths(condition: string): string {
  return condition.replaceAll(/\$\w*(?:\.\w+)+(?=\.\w)/g, '…');
}

/** `States.Timeout, States.TaskFailed, Lambda.Unknown` as `States.Timeout +2`. */
function firstErrors(names: string): string {
  const all = names.split(', ');
  for (let count = all.length - 1; count > 0; count--) {
    const text = `${all.slice(0, count).join(', ')} +${all.length - count}`;
    if (text.length <= maximumLabel) return text;
  }
  return names;
}

function descriptionOf({ kind, node }: Transition, translate: Translate): string {
  switch (kind) {
    case 'Choice':
      return conditionText(node, translate);
    case 'Default':
      return 'Default';
    case 'Catch':
      return errorNames(node);
    case 'Next':
      return '';
  }
}

/** How many states a scope has, with those inside its Parallel and Map states. */
export function countStates(scope: Scope): number {
  let count = scope.states.length;
  for (const state of scope.states) for (const inner of innerScopes(state)) count += countStates(inner);
  return count;
}
