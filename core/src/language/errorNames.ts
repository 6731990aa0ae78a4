/** An Error Name that the language itself defines. */
export interface ErrorName {
  readonly name: string;
  /** When it is raised, in one or two sentences of Markdown. */
  readonly doc: string;
  /** False where neither Retry nor Catch can do anything about it. */
  readonly canBeCaught: boolean;
}

function caught(name: string, doc: string): ErrorName {
  return { name, doc, canBeCaught: true };
}

function fatal(name: string, doc: string): ErrorName {
  return { name, doc, canBeCaught: false };
}

/**
 * The Error Names of the Amazon States Language, the most used first.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const errorNames: readonly ErrorName[] = [
  caught(
    'States.ALL',
    'Stands for every error but `States.DataLimitExceeded` and `States.Runtime`. Must be alone, in the last Retrier or Catcher.',
  ),
  caught('States.TaskFailed', 'Stands for every error of a Task but `States.Timeout`.'),
  caught('States.Timeout', 'A Task ran longer than `TimeoutSeconds`, or sent no heartbeat in time.'),
  caught('States.HeartbeatTimeout', 'A Task sent no heartbeat within `HeartbeatSeconds`.'),
  caught('States.Permissions', 'A Task has not the privileges to do its work.'),
  caught('States.BranchFailed', 'A branch of a Parallel state failed.'),
  caught('States.NoChoiceMatched', 'No rule of a Choice state matched and it has no `Default`.'),
  caught('States.IntrinsicFailure', 'An intrinsic function could not be called with its arguments.'),
  caught('States.ParameterPathFailure', 'A path in `Parameters` or another template led nowhere.'),
  caught('States.ResultPathMatchFailure', '`ResultPath` cannot be applied to the input of the state.'),
  caught(
    'States.QueryEvaluationError',
    'A JSONata expression failed, or gave a value of a type the field does not take.',
  ),
  caught(
    'States.ExceedToleratedFailureThreshold',
    'More items of a distributed Map failed than `ToleratedFailureCount` or `ToleratedFailurePercentage` allow.',
  ),
  caught('States.ItemReaderFailed', 'A distributed Map could not read its items.'),
  caught('States.ResultWriterFailed', 'A distributed Map could not write its results.'),
  caught('States.Http.Socket', 'An HTTP Task got no answer within 60 seconds.'),
  fatal(
    'States.DataLimitExceeded',
    'An input, output or variable is larger than the quota of 256 KiB. `States.ALL` does not stand for it.',
  ),
  fatal(
    'States.Runtime',
    'The execution cannot go on, for example because a path led nowhere. Neither Retry nor Catch acts on it.',
  ),
];

const byName: ReadonlyMap<string, ErrorName> = new Map(errorNames.map(error => [error.name, error]));

export function errorNamed(name: string): ErrorName | undefined {
  return byName.get(name);
}
