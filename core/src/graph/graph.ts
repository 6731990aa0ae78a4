import type { StateType } from '#core/language/values.ts';
import type { Pointer } from '#core/model/pointer.ts';

/**
 * A state machine as it is drawn: nodes, edges between them, and containers around the inside of
 * Parallel and Map states. It knows no drawing library and no positions on a screen.
 */
export interface Graph {
  /** In the order in which an execution meets them, which is the order to lay them out in. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Outer before inner. */
  readonly containers: readonly Container[];
}

/** See `nodeId.ts`: every id comes from there. */
export type NodeId = string;
export type EdgeId = string;

export type GraphNode = StateNode | MarkNode | MissingNode;

/** A state that is drawn as one box: a simple state, or a collapsed Parallel or Map. */
export interface StateNode extends StateFacts {
  readonly kind: 'state';
  readonly id: NodeId;
  readonly container: NodeId | undefined;
  /** How many states a collapsed Parallel or Map hides. */
  readonly hidden: number;
}

/** The circle before the first state and behind the last, and the fork at the top of a Parallel. */
export interface MarkNode {
  readonly kind: 'start' | 'end' | 'fork';
  readonly id: NodeId;
  readonly container: NodeId | undefined;
}

/** A state that is named by a transition but does not exist. */
export interface MissingNode {
  readonly kind: 'missing';
  readonly id: NodeId;
  readonly container: NodeId | undefined;
  readonly name: string;
}

/** The frame around the branches of a Parallel or the processor of a Map. Edges may lead to and from it. */
export interface Container extends StateFacts {
  readonly id: NodeId;
  readonly container: NodeId | undefined;
}

/** What is told of a state, in its box, its tooltip and to a screen reader. */
export interface StateFacts {
  readonly state: Pointer;
  readonly name: string;
  readonly type: StateType | 'Unknown';
  /** What is peculiar to it, in a few words: `Lambda: invoke`, `30 s`, `max. 5 at once`; may be empty. */
  readonly detail: string;
  /** Of a Task: the service that it calls, as its ARN names it (`lambda`), or `activity`. */
  readonly service: string | undefined;
  /** For a Map: whether child executions do the work. */
  readonly isDistributed: boolean;
  readonly isUnreachable: boolean;
  /** The retry policy, a line for each Retrier; none without Retry. */
  readonly retries: readonly string[];
  /** The most retries that a Retrier allows; 0 without Retry. */
  readonly mostRetries: number;
  /** The `Comment` field. */
  readonly comment: string | undefined;
}

export interface GraphEdge {
  readonly id: EdgeId;
  readonly kind: 'start' | 'end' | 'fork' | 'next' | 'choice' | 'default' | 'catch';
  readonly from: NodeId;
  readonly to: NodeId;
  /** Short enough to stand on the edge; may be empty. */
  readonly label: string;
  /** The whole condition or all error names, for a tooltip. */
  readonly description: string;
}
