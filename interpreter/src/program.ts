import type { Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { Scope, State, StateMachine } from '#core/model/stateMachine.ts';
import type { Expression } from './expression.ts';
import type { EventType } from './history/eventType.ts';
import type { Next, Run, Working } from './run.ts';
import type { Reply } from './request.ts';
import type { Instant, Outcome } from './snapshot.ts';

/** A state machine made ready to run: every path, template and expression is compiled. Never changes. */
export interface Program {
  readonly machine: StateMachine;
  readonly scopes: ReadonlyMap<Pointer, CompiledScope>;
  readonly states: ReadonlyMap<Pointer, CompiledState>;
  /** Details of the event history changed over time: they are as AWS had them at that moment. */
  readonly asOf: Instant;
  /** `TimeoutSeconds` of the state machine. */
  readonly timeoutSeconds: number | undefined;
  /** The machines that its tasks can start, by the pointer of their root; see `linked`. */
  readonly called: ReadonlyMap<Pointer, Program>;
}

export interface CompiledScope {
  readonly pointer: Pointer;
  readonly scope: Scope;
  readonly startAt: CompiledState;
}

export interface CompiledState {
  readonly pointer: Pointer;
  readonly name: string;
  readonly state: State;
  readonly stages: readonly Stage[];
  /** The event of leaving it; Fail has none. */
  readonly exited: EventType | undefined;
  /** Absent for terminal states and for Choice. */
  readonly next: CompiledState | undefined;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  /** The stage to go on with when a task or a branch is tried again. */
  readonly retryStage: number;
  /** The stage of the Catchers, behind the last ordinary one. */
  readonly catchStage: number;
  /** Whether the Context Object has `State.RetryCount`. */
  readonly canRetry: boolean;
  /** What a reply to a reader's or writer's request does. */
  readonly replied?: (run: Run, strand: Working, reply: Reply) => void;
  /** Of Parallel and Map: a branch, iteration or child execution has ended. */
  readonly childEnded?: (run: Run, parent: Working, child: Working, outcome: Outcome) => void;
}

/**
 * One processing stage of a state. Names are those of TestState's inspection data where it has one.
 *
 * A stage works on the registers of its strand (`data` above all) and says how to go on.
 */
export interface Stage {
  readonly name: StageName;
  perform(run: Run, strand: Working, state: CompiledState): Next;
}

export type StageName =
  /** The state is entered. */
  | 'input'
  | 'afterInputPath'
  | 'afterParameters'
  | 'afterArguments'
  | 'afterItemsPath'
  | 'afterItemReader'
  | 'afterItemBatcher'
  /** The rules of a Choice state. */
  | 'choice'
  | 'wait'
  | 'fail'
  /** The task is called, or the branches and iterations begin. */
  | 'task'
  | 'parallel'
  | 'map'
  | 'iterations'
  | 'afterResultWriter'
  | 'result'
  | 'afterResultSelector'
  | 'assign'
  | 'afterResultPath'
  | 'afterOutputPath'
  /** A Catcher makes the output. */
  | 'catch'
  /** The state is left. */
  | 'output';

export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

export interface Catcher {
  readonly errors: readonly string[];
  readonly next: CompiledState;
  readonly assign: Expression | undefined;
  /** The output of the state: ResultPath or Output applied to the error output. */
  readonly output: (run: Run, strand: Working, errorOutput: Json) => ReturnType<Expression>;
}
