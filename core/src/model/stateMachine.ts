import type { QueryLanguage } from '#core/language/values.ts';
import type { ArrayNode, ObjectNode, PropertyNode, StringNode, SyntaxNode } from '#core/syntax/node.ts';
import type { Pointer } from './pointer.ts';

/**
 * A state machine as it is written. The model is total: what is missing or of the wrong kind is
 * absent here, and a finding beside. It keeps the nodes, so that everything has its place in the file.
 */
export interface StateMachine {
  readonly node: ObjectNode;
  /** The outermost `StartAt` and `States`. */
  readonly root: Scope;
  readonly queryLanguage: QueryLanguage;
  /** Every scope, outer before inner, in the order of the file. */
  readonly scopes: readonly Scope[];
  /** The states of every scope, in the order of `scopes`. */
  readonly states: readonly State[];
}

/** A `StartAt` with its `States`: transitions and names of states do not cross it. */
export interface Scope {
  readonly kind: 'stateMachine' | 'branch' | 'itemProcessor';
  /** `''` for the state machine itself, else e.g. `/States/Fan/Branches/0`. */
  readonly pointer: Pointer;
  readonly node: ObjectNode;
  /** The Parallel or Map state around it. */
  readonly owner: ParallelState | MapState | undefined;
  readonly startAt: StringNode | undefined;
  readonly statesNode: ObjectNode | undefined;
  /** In the order of the file; a name that is defined twice is here twice. */
  readonly states: readonly State[];
  /** Of a name that is defined twice, the first. */
  readonly stateByName: ReadonlyMap<string, State>;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState
  | UnknownState;

interface StateBase {
  /** JSON Pointer from the definition's root: `/States/Pay`. The identity of the state everywhere. */
  readonly pointer: Pointer;
  readonly name: string;
  /** Name and definition. */
  readonly property: PropertyNode;
  readonly key: StringNode;
  readonly node: ObjectNode;
  readonly scope: Scope;
  /** Of the state's own `QueryLanguage` or else the state machine's; never that of a Map or Parallel around it. */
  readonly queryLanguage: QueryLanguage;
  /** Every place that names a state to go to: Choices first, then Default, Next, Catch. */
  readonly transitions: readonly Transition[];
  /** `"End": true`, or a Succeed or Fail state. */
  readonly isTerminal: boolean;
  readonly retriers: readonly ObjectNode[];
  readonly catchers: readonly ObjectNode[];
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
}
export interface WaitState extends StateBase {
  readonly type: 'Wait';
}
export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}
export interface FailState extends StateBase {
  readonly type: 'Fail';
}
export interface TaskState extends StateBase {
  readonly type: 'Task';
  readonly resource: StringNode | undefined;
}
export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly choicesNode: ArrayNode | undefined;
  readonly rules: readonly ChoiceRule[];
}
export interface ParallelState extends StateBase {
  readonly type: 'Parallel';
  readonly branches: readonly Scope[];
}
export interface MapState extends StateBase {
  readonly type: 'Map';
  readonly processor: Scope | undefined;
  /** `"Mode": "DISTRIBUTED"`: the processor runs in child executions. */
  readonly isDistributed: boolean;
}

/** A state without a readable `Type`. */
export interface UnknownState extends StateBase {
  readonly type: 'Unknown';
  readonly typeNode: SyntaxNode | undefined;
}

export interface ChoiceRule {
  readonly index: number;
  readonly node: ObjectNode;
  readonly next: StringNode | undefined;
}

/** A field that names the state to go to. */
export interface Transition {
  readonly kind: 'Choice' | 'Default' | 'Next' | 'Catch';
  /** Which Choice Rule or Catcher; 0 for the others. */
  readonly index: number;
  /** The object the field stands in: the state, rule or Catcher. */
  readonly node: ObjectNode;
  readonly target: StringNode;
}

/** The scopes directly inside a state. */
export function innerScopes(state: State): readonly Scope[] {
  if (state.type === 'Parallel') return state.branches;
  if (state.type === 'Map' && state.processor) return [state.processor];
  return [];
}
