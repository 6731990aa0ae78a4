/** An Error Name of the language, for `ErrorEquals`. */
export interface ErrorName {
  readonly name: string;
  /** When it occurs, in a sentence of Markdown. */
  readonly doc: string;
  /** Whether a Retrier or Catcher that names it is ever asked. */
  readonly isCatchable: boolean;
}

export const errorNamesLink =
  'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html';

/** The names that begin with `States.`, which only the language itself may use. */
export const errorNames: readonly ErrorName[] = [
  name(
    'States.ALL',
    'Stands for every error but `States.DataLimitExceeded` and `States.Runtime`. Must be alone and last.',
  ),
  name(
    'States.BranchFailed',
    'A branch of a Parallel state failed. AWS hands on the error of the branch itself.',
  ),
  name('States.DataLimitExceeded', 'An input, result or output is larger than 256 KiB.'),
  name('States.ExceedToleratedFailureThreshold', 'More items of a Map failed than it tolerates.'),
  name('States.HeartbeatTimeout', 'A task sent no heartbeat in time.'),
  name('States.Http.Socket', 'An HTTP task got no answer within 60 seconds, or no connection.'),
  name('States.IntrinsicFailure', 'An intrinsic function failed.'),
  name('States.ItemReaderFailed', 'A Map could not read its items.'),
  name('States.NoChoiceMatched', 'No rule of a Choice matched, and it has no Default.'),
  name('States.ParameterPathFailure', 'A path in Parameters leads nowhere.'),
  name('States.Permissions', 'The role of the state machine may not do what the task does.'),
  name('States.QueryEvaluationError', 'A JSONata expression failed, or gave a value of the wrong type.'),
  name('States.ReferencePathConflict', 'The place that ResultPath names cannot be made in the input.'),
  name('States.ResultPathMatchFailure', 'The place that ResultPath names cannot be made in the input.'),
  name('States.ResultWriterFailed', 'A Map could not write its results.'),
  {
    ...name('States.Runtime', 'The execution cannot go on, for example because a path leads nowhere.'),
    isCatchable: false,
  },
  name('States.TaskFailed', 'Stands for every error of a task but `States.Timeout`.'),
  name('States.Timeout', 'A task took longer than its timeout, or sent no heartbeat in time.'),
];

function name(text: string, doc: string): ErrorName {
  return { name: text, doc, isCatchable: true };
}

const byName: ReadonlyMap<string, ErrorName> = new Map(errorNames.map(error => [error.name, error]));

const httpStatus = /^States\.Http\.StatusCode\.\d{3}$/;

/** The language's error of that name; `States.Http.StatusCode.404` and its like are known, too. */
export function errorNamed(text: string): ErrorName | undefined {
  if (httpStatus.test(text)) return name(text, 'An HTTP task got an answer with this status.');
  return byName.get(text);
}

/** Errors of Lambda itself that pass: AWS advises to retry them. */
export const lambdaTransientErrors: readonly string[] = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];
