/**
 * An error as Step Functions reports it: its name, and a text that says why.
 *
 * Both may be absent: a Fail state may give neither, and `SendTaskFailure` may be called without them.
 * The names are those AWS uses at run time, which are not always the specification's: a path of a payload
 * template that leads nowhere is `States.Runtime`, not `States.ParameterPathFailure`.
 */
export interface StatesError {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Another name by which it may be retried and caught: a missed heartbeat is recorded as a timeout. */
  readonly alias?: 'States.HeartbeatTimeout' | undefined;
}

/** What an expression, path or field gives instead of a value. */
export class Failure implements StatesError {
  readonly error: string;
  readonly cause: string;
  /** Of a `States.QueryEvaluationError`: which field of the state failed, e.g. `Output/total`. */
  readonly location: string | undefined;
  /**
   * Which event the `EvaluationFailed` of a query hangs off: AWS takes the one before the state was entered,
   * but the entering where the expression gave a value that the field cannot use.
   */
  readonly follows: 'before' | 'entered';

  constructor(error: string, cause: string, location?: string, follows: 'before' | 'entered' = 'before') {
    this.error = error;
    this.cause = cause;
    this.location = location;
    this.follows = follows;
  }
}

/** What the engine cannot process. Neither Retry nor Catch sees it. */
export function runtimeFailure(cause: string): Failure {
  return new Failure('States.Runtime', cause);
}

export function queryFailure(cause: string, location: string | undefined): Failure {
  return new Failure('States.QueryEvaluationError', cause, location);
}
