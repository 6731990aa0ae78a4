import {
  maximumSeconds,
  stateTypes,
  type FieldRow,
  type ObjectName,
  type QueryLanguage,
  type ValueKind,
} from './values.ts';
import { comparisons } from './comparisons.ts';

/*
 * The specification's tables of fields, once. Sources: states-language.net (sections named after the
 * objects), the Step Functions Developer Guide (state pages, ItemReader, ItemBatcher, ResultWriter),
 * and the service's own verdicts where they differ.
 */

const guide = 'https://docs.aws.amazon.com/step-functions/latest/dg/';
const spec = 'https://states-language.net/spec.html';

type Extra = Pick<FieldRow, 'only' | 'required' | 'excludes' | 'deprecatedFor'>;

function row(name: string, value: ValueKind, doc: string, link: string, extra: Extra = {}): FieldRow {
  return { name, value, doc, link, ...extra };
}

const seconds = (min: number, max = maximumSeconds): ValueKind => ({
  is: 'number',
  integer: true,
  min,
  max,
  jsonata: true,
});
const literalInteger = (min: number, max = maximumSeconds): ValueKind => ({
  is: 'number',
  integer: true,
  min,
  max,
});

const jsonPathOnly = { only: 'JSONPath' } as const;
const jsonataOnly = { only: 'JSONata' } as const;

const comment = row(
  'Comment',
  { is: 'text' },
  'A description for people. AWS ignores it.',
  `${spec}#comments`,
);
const startAt = row(
  'StartAt',
  { is: 'stateName' },
  'The name of the state that runs first. Names are case-sensitive.',
  `${guide}statemachine-structure.html`,
  { required: true },
);
const states = row(
  'States',
  { is: 'states' },
  'The states, by name. Names are unique in the whole state machine and at most 80 characters long.',
  `${guide}statemachine-structure.html`,
  { required: true },
);
const queryLanguage = row(
  'QueryLanguage',
  { is: 'oneOf', values: ['JSONPath', 'JSONata'] },
  'The query language of the expressions: `JSONPath` (default) or `JSONata`. A state of a JSONPath state machine may choose JSONata, not the reverse.',
  `${guide}transforming-data.html`,
);

const type = row(
  'Type',
  { is: 'oneOf', values: stateTypes },
  'What the state does.',
  `${guide}workflow-states.html`,
  { required: true },
);
const next = row(
  'Next',
  { is: 'stateName' },
  'The state that runs next. A state has either `Next` or `"End": true`.',
  `${spec}#transition`,
  { excludes: ['End'] },
);
const end = row(
  'End',
  { is: 'flag' },
  '`true` ends the state machine, branch or iteration after this state.',
  `${spec}#terminal-state`,
  { excludes: ['Next'] },
);
const inputPath = row(
  'InputPath',
  { is: 'path', nullable: true },
  'Selects the part of the state input to work on. Default `$`; `null` gives an empty object.',
  `${guide}input-output-inputpath-params.html`,
  jsonPathOnly,
);
const outputPath = row(
  'OutputPath',
  { is: 'path', nullable: true },
  'Selects the part of the state output to pass on. Default `$`; `null` gives an empty object.',
  `${guide}input-output-example.html`,
  jsonPathOnly,
);
const parameters = row(
  'Parameters',
  { is: 'payloadTemplate', anyValue: true },
  'Builds the input of the work from a template. Keys that end in `.$` hold a path or an intrinsic function.',
  `${guide}input-output-inputpath-params.html`,
  jsonPathOnly,
);
const resultSelector = row(
  'ResultSelector',
  { is: 'payloadTemplate' },
  'Builds a new result from the raw one, before `ResultPath` places it.',
  `${guide}input-output-inputpath-params.html`,
  jsonPathOnly,
);
const resultPath = row(
  'ResultPath',
  { is: 'resultPath' },
  'Where the result goes in the state input. Default `$` (replaces all); `null` drops the result and passes the input on.',
  `${guide}input-output-resultpath.html`,
  jsonPathOnly,
);
const assign = row(
  'Assign',
  { is: 'assign' },
  'Sets variables. Their values are visible from the next state on, in this scope and inside its Map and Parallel states.',
  `${guide}workflow-variables.html`,
);
const argumentsField = row(
  'Arguments',
  { is: 'jsonataValue' },
  'The input of the work. Strings between `{%` and `%}` are JSONata.',
  `${guide}transforming-data.html`,
  jsonataOnly,
);
const output = row(
  'Output',
  { is: 'jsonataValue' },
  'The output of the state. Strings between `{%` and `%}` are JSONata; `$states.result` is the result, `$states.input` the input.',
  `${guide}transforming-data.html`,
  jsonataOnly,
);
const retry = row(
  'Retry',
  { is: 'list', of: 'Retrier', nonEmpty: false },
  'What to try again, tried in order: the first Retrier whose `ErrorEquals` names the error acts.',
  `${guide}concepts-error-handling.html#error-handling-retrying-after-an-error`,
);
const catchField = row(
  'Catch',
  { is: 'list', of: 'Catcher', nonEmpty: false },
  'Where to go when the state failed and no Retrier acts any more, tried in order.',
  `${guide}concepts-error-handling.html#error-handling-fallback-states`,
);

const common = [type, comment, queryLanguage];
const transition = [next, end];

const timeouts: readonly FieldRow[] = [
  row(
    'TimeoutSeconds',
    seconds(1),
    'Seconds until the attempt fails with `States.Timeout`. Default 99999999.',
    `${guide}state-task.html`,
    { excludes: ['TimeoutSecondsPath'] },
  ),
  row(
    'TimeoutSecondsPath',
    { is: 'referencePath' },
    'Path to the timeout in seconds.',
    `${guide}state-task.html`,
    { ...jsonPathOnly, excludes: ['TimeoutSeconds'] },
  ),
  row(
    'HeartbeatSeconds',
    seconds(1),
    'Longest time in seconds between two heartbeats; must be smaller than the timeout.',
    `${guide}state-task.html`,
    { excludes: ['HeartbeatSecondsPath'] },
  ),
  row(
    'HeartbeatSecondsPath',
    { is: 'referencePath' },
    'Path to the heartbeat interval in seconds.',
    `${guide}state-task.html`,
    { ...jsonPathOnly, excludes: ['HeartbeatSeconds'] },
  ),
];

const map: readonly FieldRow[] = [
  row(
    'ItemProcessor',
    { is: 'object', of: 'ItemProcessor' },
    'The state machine that runs for every item (or batch of items).',
    `${guide}state-map.html`,
    { excludes: ['Iterator'] },
  ),
  row(
    'Iterator',
    { is: 'object', of: 'Iterator' },
    'Older form of `ItemProcessor`.',
    `${guide}state-map-inline.html`,
    { excludes: ['ItemProcessor'], deprecatedFor: 'ItemProcessor' },
  ),
  row(
    'ItemsPath',
    { is: 'referencePath' },
    'Path to the array to iterate over. Default `$`.',
    `${guide}input-output-itemspath.html`,
    { ...jsonPathOnly, excludes: ['Items'] },
  ),
  row(
    'Items',
    { is: 'jsonataArray' },
    'The array to iterate over; a distributed Map takes an object too. Default: the state input.',
    `${guide}state-map.html`,
    { ...jsonataOnly, excludes: ['ItemsPath'] },
  ),
  row(
    'ItemSelector',
    { is: 'payloadTemplate' },
    'Builds the input of each iteration. `$$.Map.Item.Value` and `$$.Map.Item.Index` are the item and its index.',
    `${guide}input-output-itemselector.html`,
    { ...jsonPathOnly, excludes: ['Parameters'] },
  ),
  row(
    'ItemSelector',
    { is: 'jsonataValue' },
    'Builds the input of each iteration. `$states.context.Map.Item.Value` and `.Index` are the item and its index.',
    `${guide}input-output-itemselector.html`,
    jsonataOnly,
  ),
  row(
    'ItemReader',
    { is: 'object', of: 'ItemReader' },
    'Reads the items of a distributed Map from Amazon S3.',
    `${guide}input-output-itemreader.html`,
  ),
  row(
    'ItemBatcher',
    { is: 'object', of: 'ItemBatcher' },
    'Gives each child execution of a distributed Map several items at once.',
    `${guide}input-output-itembatcher.html`,
  ),
  row(
    'ResultWriter',
    { is: 'object', of: 'ResultWriter' },
    'Formats the results of a distributed Map and writes them to Amazon S3.',
    `${guide}input-output-resultwriter.html`,
  ),
  row(
    'MaxConcurrency',
    seconds(0),
    'How many iterations run at once. 0 (default) sets no limit; an inline Map runs at most 40.',
    `${guide}state-map.html`,
    { excludes: ['MaxConcurrencyPath'] },
  ),
  row(
    'MaxConcurrencyPath',
    { is: 'referencePath' },
    'Path to the number of iterations that run at once.',
    `${guide}state-map.html`,
    { ...jsonPathOnly, excludes: ['MaxConcurrency'] },
  ),
  row(
    'ToleratedFailurePercentage',
    { is: 'number', integer: false, min: 0, max: 100, jsonata: true },
    'How many percent of the items may fail before the Map fails. Default 0.',
    `${guide}state-map-distributed.html`,
    { excludes: ['ToleratedFailurePercentagePath'] },
  ),
  row(
    'ToleratedFailurePercentagePath',
    { is: 'referencePath' },
    'Path to the tolerated percentage of failed items.',
    `${guide}state-map-distributed.html`,
    { ...jsonPathOnly, excludes: ['ToleratedFailurePercentage'] },
  ),
  row(
    'ToleratedFailureCount',
    seconds(0, Number.MAX_SAFE_INTEGER),
    'How many items may fail before the Map fails. Default 0.',
    `${guide}state-map-distributed.html`,
    { excludes: ['ToleratedFailureCountPath'] },
  ),
  row(
    'ToleratedFailureCountPath',
    { is: 'referencePath' },
    'Path to the tolerated number of failed items.',
    `${guide}state-map-distributed.html`,
    { ...jsonPathOnly, excludes: ['ToleratedFailureCount'] },
  ),
  row(
    'Label',
    { is: 'text', nonEmpty: true, maxLength: 40 },
    'Names the Map Runs of a distributed Map; at most 40 characters, unique in the state machine.',
    `${guide}state-map-distributed.html`,
  ),
];

const scopeFields: readonly FieldRow[] = [comment, startAt, states];

const table: Readonly<Record<ObjectName, readonly FieldRow[]>> = {
  StateMachine: [
    comment,
    queryLanguage,
    startAt,
    states,
    row(
      'Version',
      { is: 'oneOf', values: ['1.0'] },
      'Version of the Amazon States Language. Default and only value: `"1.0"`.',
      `${spec}#version`,
    ),
    row(
      'TimeoutSeconds',
      literalInteger(0),
      'Seconds an execution may run before it ends as TIMED_OUT.',
      `${guide}statemachine-structure.html`,
    ),
  ],
  Branch: scopeFields,
  ItemProcessor: [
    ...scopeFields,
    row(
      'ProcessorConfig',
      { is: 'object', of: 'ProcessorConfig' },
      'Whether items are processed inline or by child executions.',
      `${guide}state-map.html`,
    ),
  ],
  Iterator: [
    ...scopeFields,
    row(
      'ProcessorConfig',
      { is: 'object', of: 'ProcessorConfig' },
      'Whether items are processed inline or by child executions.',
      `${guide}state-map.html`,
    ),
  ],
  ProcessorConfig: [
    row(
      'Mode',
      { is: 'oneOf', values: ['INLINE', 'DISTRIBUTED'] },
      '`INLINE` (default): iterations in this execution. `DISTRIBUTED`: one child execution per item or batch.',
      `${guide}state-map.html`,
    ),
    row(
      'ExecutionType',
      { is: 'oneOf', values: ['STANDARD', 'EXPRESS'] },
      'The type of the child executions; required when `Mode` is `DISTRIBUTED`.',
      `${guide}state-map-distributed.html`,
    ),
  ],
  Pass: [
    ...common,
    ...transition,
    inputPath,
    outputPath,
    parameters,
    row(
      'Result',
      { is: 'json' },
      'The result, as it stands: nothing in it is evaluated.',
      `${guide}state-pass.html`,
      jsonPathOnly,
    ),
    resultPath,
    output,
    assign,
  ],
  Task: [
    ...common,
    row(
      'Resource',
      { is: 'resource' },
      'ARN of what does the work: a Lambda function, an activity, or `arn:aws:states:::service:action`.',
      `${guide}state-task.html`,
      { required: true },
    ),
    ...transition,
    inputPath,
    outputPath,
    parameters,
    argumentsField,
    resultSelector,
    resultPath,
    output,
    assign,
    retry,
    catchField,
    ...timeouts,
    row(
      'Credentials',
      { is: 'object', of: 'Credentials' },
      'The role to call the resource with, for access across accounts.',
      `${guide}concepts-access-cross-acct-resources.html`,
    ),
  ],
  Choice: [
    ...common,
    row(
      'Choices',
      { is: 'list', of: 'ChoiceRule', nonEmpty: true },
      'The rules, tried in order; the first that matches decides where to go.',
      `${guide}state-choice.html`,
      { required: true },
    ),
    row(
      'Default',
      { is: 'stateName' },
      'Where to go when no rule matches. Without it, that is an error.',
      `${guide}state-choice.html`,
    ),
    inputPath,
    outputPath,
    output,
    assign,
  ],
  Wait: [
    ...common,
    ...transition,
    row('Seconds', seconds(0), 'How long to wait, in seconds.', `${guide}state-wait.html`, {
      excludes: ['SecondsPath', 'Timestamp', 'TimestampPath'],
    }),
    row(
      'SecondsPath',
      { is: 'referencePath' },
      'Path to the number of seconds to wait.',
      `${guide}state-wait.html`,
      { ...jsonPathOnly, excludes: ['Seconds', 'Timestamp', 'TimestampPath'] },
    ),
    row(
      'Timestamp',
      { is: 'timestamp' },
      'When to go on: a timestamp as in RFC 3339, `2024-08-18T17:33:00Z`.',
      `${guide}state-wait.html`,
      { excludes: ['Seconds', 'SecondsPath', 'TimestampPath'] },
    ),
    row(
      'TimestampPath',
      { is: 'referencePath' },
      'Path to the timestamp when to go on.',
      `${guide}state-wait.html`,
      { ...jsonPathOnly, excludes: ['Seconds', 'SecondsPath', 'Timestamp'] },
    ),
    inputPath,
    outputPath,
    output,
    assign,
  ],
  Succeed: [...common, inputPath, outputPath, output],
  Fail: [
    ...common,
    row(
      'Error',
      { is: 'string' },
      'The error name, for Retry and Catch of what contains this state, and for people.',
      `${guide}state-fail.html`,
      { excludes: ['ErrorPath'] },
    ),
    row(
      'ErrorPath',
      { is: 'pathOrIntrinsic' },
      'Path to, or intrinsic function that gives, the error name.',
      `${guide}state-fail.html`,
      { ...jsonPathOnly, excludes: ['Error'] },
    ),
    row('Cause', { is: 'string' }, 'A description of the failure for people.', `${guide}state-fail.html`, {
      excludes: ['CausePath'],
    }),
    row(
      'CausePath',
      { is: 'pathOrIntrinsic' },
      'Path to, or intrinsic function that gives, the description of the failure.',
      `${guide}state-fail.html`,
      { ...jsonPathOnly, excludes: ['Cause'] },
    ),
  ],
  Parallel: [
    ...common,
    row(
      'Branches',
      { is: 'list', of: 'Branch', nonEmpty: true },
      'State machines that run at the same time with the same input. Their outputs form an array in this order.',
      `${guide}state-parallel.html`,
      { required: true },
    ),
    ...transition,
    inputPath,
    outputPath,
    parameters,
    argumentsField,
    resultSelector,
    resultPath,
    output,
    assign,
    retry,
    catchField,
  ],
  Map: [
    ...common,
    ...map,
    ...transition,
    inputPath,
    outputPath,
    {
      ...parameters,
      doc: 'Older form of `ItemSelector`.',
      deprecatedFor: 'ItemSelector',
      excludes: ['ItemSelector'],
    },
    resultSelector,
    resultPath,
    output,
    assign,
    retry,
    catchField,
  ],
  Retrier: [
    comment,
    row(
      'ErrorEquals',
      { is: 'errorNames' },
      'The error names this Retrier is for. `States.ALL` stands for all and must be alone and last.',
      `${guide}concepts-error-handling.html`,
      { required: true },
    ),
    row(
      'IntervalSeconds',
      literalInteger(1),
      'Seconds before the first retry. Default 1.',
      `${guide}concepts-error-handling.html`,
    ),
    row(
      'MaxAttempts',
      literalInteger(0),
      'How many times to retry. Default 3; 0 means never.',
      `${guide}concepts-error-handling.html`,
    ),
    row(
      'BackoffRate',
      { is: 'number', integer: false, min: 1, max: Number.MAX_VALUE },
      'Factor by which the interval grows with each retry. Default 2.0.',
      `${guide}concepts-error-handling.html`,
    ),
    row(
      'MaxDelaySeconds',
      literalInteger(1, 31_622_400),
      'Longest interval in seconds, whatever the backoff says.',
      `${guide}concepts-error-handling.html`,
    ),
    row(
      'JitterStrategy',
      { is: 'oneOf', values: ['FULL', 'NONE'] },
      '`FULL` takes a random delay between 0 and the interval. Default `NONE`.',
      `${guide}concepts-error-handling.html`,
    ),
  ],
  Catcher: [
    comment,
    row(
      'ErrorEquals',
      { is: 'errorNames' },
      'The error names this Catcher is for. `States.ALL` stands for all and must be alone and last.',
      `${guide}concepts-error-handling.html`,
      { required: true },
    ),
    row(
      'Next',
      { is: 'stateName' },
      'The state that handles the error.',
      `${guide}concepts-error-handling.html`,
      { required: true },
    ),
    resultPath,
    output,
    assign,
  ],
  ChoiceRule: [
    comment,
    row(
      'Condition',
      { is: 'condition' },
      'A JSONata expression that gives `true` where the rule matches.',
      `${guide}state-choice.html`,
      { ...jsonataOnly, required: true },
    ),
    row('Next', { is: 'stateName' }, 'Where to go when the rule matches.', `${guide}state-choice.html`, {
      required: true,
    }),
    ...choiceOperators(),
    output,
    assign,
  ],
  NestedChoiceRule: [comment, ...choiceOperators()],
  ItemReader: [
    row(
      'Resource',
      { is: 'resource' },
      '`arn:aws:states:::s3:getObject` for a file, `arn:aws:states:::s3:listObjectsV2` for the objects of a bucket.',
      `${guide}input-output-itemreader.html`,
      { required: true },
    ),
    row(
      'Parameters',
      { is: 'payloadTemplate' },
      'Bucket, Key or Prefix of what to read.',
      `${guide}input-output-itemreader.html`,
      jsonPathOnly,
    ),
    row(
      'Arguments',
      { is: 'jsonataValue' },
      'Bucket, Key or Prefix of what to read.',
      `${guide}input-output-itemreader.html`,
      jsonataOnly,
    ),
    row(
      'ReaderConfig',
      { is: 'object', of: 'ReaderConfig' },
      'The kind of file and how to read it.',
      `${guide}input-output-itemreader.html`,
    ),
  ],
  ReaderConfig: [
    row(
      'InputType',
      { is: 'oneOf', values: ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'] },
      'The kind of file.',
      `${guide}input-output-itemreader.html`,
    ),
    row(
      'ManifestType',
      { is: 'oneOf', values: ['ATHENA_DATA', 'S3_INVENTORY'] },
      'The kind of manifest.',
      `${guide}input-output-itemreader.html`,
    ),
    row(
      'Transformation',
      { is: 'oneOf', values: ['NONE', 'LOAD_AND_FLATTEN'] },
      '`LOAD_AND_FLATTEN` reads the listed objects and iterates over their items.',
      `${guide}input-output-itemreader.html`,
    ),
    row(
      'ItemsPointer',
      { is: 'text' },
      'JSON Pointer to the array or object inside a JSON file.',
      `${guide}input-output-itemreader.html`,
    ),
    row(
      'CSVDelimiter',
      { is: 'oneOf', values: ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'] },
      'What separates the fields. Default `COMMA`.',
      `${guide}input-output-itemreader.html`,
    ),
    row(
      'CSVHeaderLocation',
      { is: 'oneOf', values: ['FIRST_ROW', 'GIVEN'] },
      'Where the names of the columns stand.',
      `${guide}input-output-itemreader.html`,
    ),
    row(
      'CSVHeaders',
      { is: 'strings' },
      'The names of the columns, when `CSVHeaderLocation` is `GIVEN`.',
      `${guide}input-output-itemreader.html`,
    ),
    row(
      'MaxItems',
      seconds(0, Number.MAX_SAFE_INTEGER),
      'Reads at most so many items; 0 sets no limit.',
      `${guide}input-output-itemreader.html`,
      { excludes: ['MaxItemsPath'] },
    ),
    row(
      'MaxItemsPath',
      { is: 'referencePath' },
      'Path to the largest number of items to read.',
      `${guide}input-output-itemreader.html`,
      { ...jsonPathOnly, excludes: ['MaxItems'] },
    ),
  ],
  ItemBatcher: [
    row(
      'MaxItemsPerBatch',
      seconds(1),
      'Largest number of items in a batch.',
      `${guide}input-output-itembatcher.html`,
      { excludes: ['MaxItemsPerBatchPath'] },
    ),
    row(
      'MaxItemsPerBatchPath',
      { is: 'referencePath' },
      'Path to the largest number of items in a batch.',
      `${guide}input-output-itembatcher.html`,
      { ...jsonPathOnly, excludes: ['MaxItemsPerBatch'] },
    ),
    row(
      'MaxInputBytesPerBatch',
      seconds(1, 262_144),
      'Largest size of a batch in bytes.',
      `${guide}input-output-itembatcher.html`,
      { excludes: ['MaxInputBytesPerBatchPath'] },
    ),
    row(
      'MaxInputBytesPerBatchPath',
      { is: 'referencePath' },
      'Path to the largest size of a batch in bytes.',
      `${guide}input-output-itembatcher.html`,
      { ...jsonPathOnly, excludes: ['MaxInputBytesPerBatch'] },
    ),
    row(
      'BatchInput',
      { is: 'payloadTemplate' },
      'What every batch gets beside its items.',
      `${guide}input-output-itembatcher.html`,
      jsonPathOnly,
    ),
    row(
      'BatchInput',
      { is: 'jsonataValue', objectOnly: true },
      'What every batch gets beside its items.',
      `${guide}input-output-itembatcher.html`,
      jsonataOnly,
    ),
  ],
  ResultWriter: [
    row(
      'Resource',
      { is: 'resource' },
      '`arn:aws:states:::s3:putObject`.',
      `${guide}input-output-resultwriter.html`,
    ),
    row(
      'Parameters',
      { is: 'payloadTemplate' },
      'Bucket and Prefix to write to.',
      `${guide}input-output-resultwriter.html`,
      jsonPathOnly,
    ),
    row(
      'Arguments',
      { is: 'jsonataValue' },
      'Bucket and Prefix to write to.',
      `${guide}input-output-resultwriter.html`,
      jsonataOnly,
    ),
    row(
      'WriterConfig',
      { is: 'object', of: 'WriterConfig' },
      'How the results are formatted.',
      `${guide}input-output-resultwriter.html`,
    ),
  ],
  WriterConfig: [
    row(
      'Transformation',
      { is: 'oneOf', values: ['NONE', 'COMPACT', 'FLATTEN'] },
      '`NONE`: results with the metadata of their executions; `COMPACT`: outputs only; `FLATTEN`: array outputs joined.',
      `${guide}input-output-resultwriter.html`,
    ),
    row(
      'OutputType',
      { is: 'oneOf', values: ['JSON', 'JSONL'] },
      'The kind of file to write.',
      `${guide}input-output-resultwriter.html`,
    ),
  ],
  Credentials: [
    row(
      'RoleArn',
      { is: 'string' },
      'ARN of the role to assume.',
      `${guide}concepts-access-cross-acct-resources.html`,
      { required: true, excludes: ['RoleArn.$'] },
    ),
    row(
      'RoleArn.$',
      { is: 'pathOrIntrinsic' },
      'Path to, or intrinsic function that gives, the ARN of the role to assume.',
      `${guide}concepts-access-cross-acct-resources.html`,
      { ...jsonPathOnly, excludes: ['RoleArn'] },
    ),
  ],
};

function choiceOperators(): FieldRow[] {
  const link = `${guide}state-choice.html`;
  return [
    row('Variable', { is: 'path' }, 'The path to compare.', link, jsonPathOnly),
    row(
      'And',
      { is: 'list', of: 'NestedChoiceRule', nonEmpty: true },
      'Matches where all rules do.',
      link,
      jsonPathOnly,
    ),
    row(
      'Or',
      { is: 'list', of: 'NestedChoiceRule', nonEmpty: true },
      'Matches where one of the rules does.',
      link,
      jsonPathOnly,
    ),
    row(
      'Not',
      { is: 'object', of: 'NestedChoiceRule' },
      'Matches where the rule does not.',
      link,
      jsonPathOnly,
    ),
    ...comparisons.map(({ name, operand, path, doc }) =>
      row(name, { is: 'comparand', type: operand, path }, doc, link, jsonPathOnly),
    ),
  ];
}

/** All rows of an object, of both query languages; a name may have one row in each. */
export function fieldsOf(object: ObjectName): readonly FieldRow[] {
  return table[object];
}

interface Fields {
  readonly byName: ReadonlyMap<string, FieldRow>;
  readonly required: readonly FieldRow[];
}

const byLanguage: Readonly<Record<QueryLanguage, Map<ObjectName, Fields>>> = {
  JSONPath: new Map(),
  JSONata: new Map(),
};

function fields(object: ObjectName, language: QueryLanguage): Fields {
  const known = byLanguage[language].get(object);
  if (known) return known;
  const rows = table[object].filter(({ only }) => only === undefined || only === language);
  const found: Fields = {
    byName: new Map(rows.map(field => [field.name, field])),
    required: rows.filter(({ required }) => required === true),
  };
  byLanguage[language].set(object, found);
  return found;
}

/** The fields an object knows in one query language, by name, in the order of the documentation. */
export function fieldsIn(object: ObjectName, language: QueryLanguage): ReadonlyMap<string, FieldRow> {
  return fields(object, language).byName;
}

/** The fields an object must have in one query language. */
export function requiredFieldsIn(object: ObjectName, language: QueryLanguage): readonly FieldRow[] {
  return fields(object, language).required;
}

/** Every kind of object whose fields the specification lists. */
export const objectNames = Object.keys(table) as readonly ObjectName[];
