import { CompletionItemKind } from 'vscode-languageserver-types';
import type { QueryLanguage } from '#core/language/values.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';
import type { Translate } from '#core/text/translate.ts';
import { bare, escapeSnippet, named, stops, type Draft, type DraftObject } from '#service/draft.ts';
import { addProperty, type Edit } from '#service/edits.ts';
import type { KeyPlace } from '#service/place.ts';
import type { Candidate } from './candidate.ts';

/** Whole states to put into a `States` object, written in the query language of the state machine. */
export function stateCandidates(place: KeyPlace): Candidate[] {
  const { property } = place;
  const { translate } = place.machine.analysis;
  if (property?.colon !== undefined) return missingNames(place).map(name => asName(name, translate));
  const others = place.scope.states.filter(state => state.property !== property);
  const before = others.findLast(state => state.key.start < place.offset);
  const behind = others.find(state => state.key.start >= place.offset);
  const way: WayOn = behind ? { kind: 'next', suggestion: behind.name } : { kind: 'end' };
  const missing = missingNames(place).map((name): Candidate => ({
    ...asName(name, translate),
    draft: { Type: stops('$1'), ...(others.length === 0 && { End: true }) },
    suggestNext: true,
  }));
  const states = stateDrafts(place.language, way, translate).map(
    ({ label, name, draft, detail }): Candidate => ({
      label,
      kind: CompletionItemKind.Snippet,
      rank: 2,
      detail,
      name: `\${1:${escapeSnippet(uniqueName(name, place))}}`,
      draft,
      // Whoever stands before it and goes nowhere yet goes here.
      ...(before && needsWayOn(before) && { edits: wayTo(place, before, uniqueName(name, place)) }),
    }),
  );
  return [...missing, ...states];
}

/** What transitions of the scope name and nobody has written yet. */
function missingNames({ machine, scope }: KeyPlace): readonly string[] {
  const dangling = machine.references.all.filter(reference => reference.scope === scope && !reference.to);
  return [...new Set(dangling.map(({ node }) => node.value))].filter(name => name !== '');
}

function asName(label: string, translate: Translate): Candidate {
  return {
    label,
    kind: CompletionItemKind.Reference,
    rank: 1,
    detail: translate('named by a transition, not defined yet'),
  };
}

function needsWayOn(state: State): boolean {
  if (state.isTerminal || state.type === 'Choice' || state.type === 'Unknown') return false;
  return propertyOf(state.node, 'Next') === undefined;
}

function wayTo({ machine }: KeyPlace, from: State, name: string): readonly Edit[] {
  return [addProperty(machine, from.node, 'Next', name)];
}

function uniqueName(name: string, { machine, property }: KeyPlace): string {
  const taken = new Set(
    machine.machine.states.filter(state => state.property !== property).map(state => state.name),
  );
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} ${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}

interface StateDraft {
  readonly label: string;
  /** What the state is called until the user says otherwise. */
  readonly name: string;
  readonly detail: string;
  readonly draft: DraftObject;
}

/** Where a new state goes: nowhere, for it is the last one, or to the state that follows it in the file. */
export type WayOn =
  { readonly kind: 'end' } | { readonly kind: 'next'; readonly suggestion: string | undefined };

/** The states a user can insert; stop 1 is the name. */
export function stateDrafts(
  language: QueryLanguage,
  way: WayOn,
  translate: Translate,
): readonly StateDraft[] {
  const onward = (stop: number): DraftObject => {
    if (way.kind === 'end') return { End: true };
    const { suggestion } = way;
    return {
      Next: stops(suggestion === undefined ? `$${stop}` : `\${${stop}:${escapeSnippet(suggestion)}}`),
    };
  };
  const isJsonata = language === 'JSONata';
  const work = isJsonata ? 'Arguments' : 'Parameters';
  const input = (name: string, jsonata: string, path: string): DraftObject =>
    isJsonata ? { [name]: stops(jsonata) } : { [`${name}.$`]: stops(path) };
  const retry: readonly Draft[] = [
    {
      ErrorEquals: [
        'Lambda.ServiceException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
      ],
      IntervalSeconds: 1,
      MaxAttempts: 3,
      BackoffRate: 2,
      JitterStrategy: 'FULL',
    },
  ];
  const task = (resource: Draft, parameters: DraftObject, more: DraftObject = {}): DraftObject => ({
    Type: 'Task',
    Resource: resource,
    [work]: parameters,
    ...more,
  });
  const result = (member: string): DraftObject =>
    isJsonata ? { Output: `{% $states.result.${member} %}` } : { OutputPath: `$.${member}` };
  return [
    {
      label: translate('Task: invoke a Lambda function'),
      name: 'Invoke Function',
      detail: 'arn:aws:states:::lambda:invoke',
      draft: task(
        'arn:aws:states:::lambda:invoke',
        {
          FunctionName: stops('$2'),
          ...input('Payload', '{% \\$states.input %}', '\\$'),
        },
        { ...result('Payload'), Retry: retry, ...onward(3) },
      ),
    },
    {
      label: translate('Task: call an AWS API'),
      name: 'Call API',
      detail: 'arn:aws:states:::aws-sdk:…',
      draft: {
        Type: 'Task',
        Resource: stops('arn:aws:states:::aws-sdk:${2:service}:${3:action}'),
        [work]: {},
        ...onward(4),
      },
    },
    {
      label: translate('Task: wait for approval'),
      name: 'Wait for Approval',
      detail: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      draft: task(
        'arn:aws:states:::lambda:invoke.waitForTaskToken',
        {
          FunctionName: stops('$2'),
          Payload: isJsonata
            ? { token: '{% $states.context.Task.Token %}', input: '{% $states.input %}' }
            : { 'token.$': '$$.Task.Token', 'input.$': '$' },
        },
        {
          TimeoutSeconds: bare('${3:86400}'),
          Catch: [{ ErrorEquals: ['States.Timeout'], Next: stops('$4') }],
          ...onward(5),
        },
      ),
    },
    {
      label: translate('Task: send a message to a queue'),
      name: 'Send Message',
      detail: 'arn:aws:states:::sqs:sendMessage',
      draft: task(
        'arn:aws:states:::sqs:sendMessage',
        { QueueUrl: stops('$2'), ...input('MessageBody', '{% \\$states.input %}', '\\$') },
        onward(3),
      ),
    },
    {
      label: translate('Task: publish to a topic'),
      name: 'Publish',
      detail: 'arn:aws:states:::sns:publish',
      draft: task(
        'arn:aws:states:::sns:publish',
        { TopicArn: stops('$2'), ...input('Message', '{% \\$states.input %}', '\\$') },
        onward(3),
      ),
    },
    {
      label: translate('Task: put events on a bus'),
      name: 'Put Events',
      detail: 'arn:aws:states:::events:putEvents',
      draft: task(
        'arn:aws:states:::events:putEvents',
        {
          Entries: [
            {
              EventBusName: stops('${2:default}'),
              Source: stops('$3'),
              DetailType: stops('$4'),
              ...input('Detail', '{% \\$states.input %}', '\\$'),
            },
          ],
        },
        onward(5),
      ),
    },
    {
      label: translate('Task: get an item of a table'),
      name: 'Get Item',
      detail: 'arn:aws:states:::dynamodb:getItem',
      draft: task(
        'arn:aws:states:::dynamodb:getItem',
        {
          TableName: stops('$2'),
          Key: named('${3:id}', input('S', '{% \\$states.input.${4:id} %}', '\\$.${4:id}')),
        },
        onward(5),
      ),
    },
    {
      label: translate('Task: put an item into a table'),
      name: 'Put Item',
      detail: 'arn:aws:states:::dynamodb:putItem',
      draft: task(
        'arn:aws:states:::dynamodb:putItem',
        {
          TableName: stops('$2'),
          Item: named('${3:id}', input('S', '{% \\$states.input.${4:id} %}', '\\$.${4:id}')),
        },
        onward(5),
      ),
    },
    {
      label: translate('Task: run another state machine'),
      name: 'Run State Machine',
      detail: 'arn:aws:states:::states:startExecution.sync:2',
      draft: task(
        'arn:aws:states:::states:startExecution.sync:2',
        {
          StateMachineArn: stops('$2'),
          Input: isJsonata
            ? {
                AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}',
                input: '{% $states.input %}',
              }
            : { 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id', 'input.$': '$' },
        },
        { ...result('Output'), ...onward(3) },
      ),
    },
    {
      label: translate('Task: call an HTTP API'),
      name: 'Call HTTP API',
      detail: 'arn:aws:states:::http:invoke',
      draft: task(
        'arn:aws:states:::http:invoke',
        {
          ApiEndpoint: stops('https://$2'),
          Method: stops('${3:GET}'),
          Authentication: { ConnectionArn: stops('$4') },
        },
        onward(5),
      ),
    },
    {
      label: 'Choice',
      name: 'Choose',
      detail: translate('goes on by a condition'),
      draft: {
        Type: 'Choice',
        Choices: [
          isJsonata
            ? { Condition: stops('{% \\$states.input.${2:value} = ${3:true} %}'), Next: stops('$4') }
            : { Variable: stops('\\$.${2:value}'), BooleanEquals: bare('${3:true}'), Next: stops('$4') },
        ],
        Default: stops('$5'),
      },
    },
    {
      label: 'Pass',
      name: 'Prepare',
      detail: translate('changes its input'),
      draft: isJsonata
        ? { Type: 'Pass', Output: named('${2:name}', stops('{% \\$states.input.$3 %}')), ...onward(4) }
        : { Type: 'Pass', Parameters: named('${2:name}.\\$', stops('\\$.$3')), ...onward(4) },
    },
    {
      label: translate('Pass: assign variables'),
      name: 'Assign',
      detail: translate('remembers values for later states'),
      draft: {
        Type: 'Pass',
        Assign: isJsonata
          ? named('${2:name}', stops('{% \\$states.input.$3 %}'))
          : named('${2:name}.\\$', stops('\\$.$3')),
        ...onward(4),
      },
    },
    {
      label: 'Wait',
      name: 'Wait',
      detail: translate('waits for some seconds'),
      draft: { Type: 'Wait', Seconds: bare('${2:60}'), ...onward(3) },
    },
    {
      label: 'Map',
      name: 'For Each',
      detail: translate('runs states for each item of an array'),
      draft: {
        Type: 'Map',
        ...(isJsonata
          ? { Items: stops('{% \\$states.input.${2:items} %}') }
          : { ItemsPath: stops('\\$.${2:items}') }),
        MaxConcurrency: bare('${3:10}'),
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: stops('${4:Process Item}'),
          States: named('${4:Process Item}', { Type: 'Pass', End: true }),
        },
        ...onward(5),
      },
    },
    {
      label: translate('Map: distributed, over a file in S3'),
      name: 'For Each Row',
      detail: translate('one child execution for each batch of rows'),
      draft: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
          [work]: { Bucket: stops('$2'), Key: stops('$3') },
        },
        ItemBatcher: { MaxItemsPerBatch: bare('${4:100}') },
        MaxConcurrency: bare('${5:100}'),
        ToleratedFailurePercentage: bare('${6:5}'),
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: stops('${7:Process Batch}'),
          States: named('${7:Process Batch}', { Type: 'Pass', End: true }),
        },
        ...onward(8),
      },
    },
    {
      label: 'Parallel',
      name: 'At Once',
      detail: translate('runs branches at the same time'),
      draft: {
        Type: 'Parallel',
        Branches: ['${2:First}', '${3:Second}'].map(state => ({
          StartAt: stops(state),
          States: named(state, { Type: 'Pass', End: true }),
        })),
        ...onward(4),
      },
    },
    { label: 'Succeed', name: 'Done', detail: translate('ends successfully'), draft: { Type: 'Succeed' } },
    {
      label: 'Fail',
      name: 'Fail',
      detail: translate('ends with an error'),
      draft: { Type: 'Fail', Error: stops('${2:Error}'), Cause: stops('$3') },
    },
  ];
}
