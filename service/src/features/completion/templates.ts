import { CompletionItemKind } from 'vscode-languageserver-types';
import { inEnglish } from '#core/text/translate.ts';
import { named, stops, type Draft } from '#service/draft.ts';
import { inEachLanguage } from '#service/inEachLanguage.ts';
import type { Candidate } from './candidate.ts';
import { stateDrafts } from './states.ts';

/** Whole state machines to begin an empty document with. */
export const templateCandidates = inEachLanguage((translate): readonly Candidate[] => [
  template(translate('State machine'), translate('one Pass state, JSONata'), 1, {
    Comment: stops('${1:What this state machine does}'),
    QueryLanguage: 'JSONata',
    StartAt: stops('${2:Hello}'),
    States: named('${2:Hello}', {
      Type: 'Pass',
      Output: { message: 'Hello from Step Functions' },
      End: true,
    }),
  }),
  template(
    translate('State machine: invoke a Lambda function'),
    translate('with Retry and Catch, JSONata'),
    2,
    {
      Comment: stops('${1:What this state machine does}'),
      QueryLanguage: 'JSONata',
      StartAt: 'Invoke Function',
      States: {
        'Invoke Function': {
          ...draftOf('Task: invoke a Lambda function'),
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
          End: true,
        },
        Failed: { Type: 'Fail', Error: 'InvocationFailed' },
      },
    },
  ),
  template(translate('State machine: decide'), translate('a Choice with two ways, JSONata'), 3, {
    Comment: stops('${1:What this state machine does}'),
    QueryLanguage: 'JSONata',
    StartAt: 'Decide',
    States: {
      Decide: {
        Type: 'Choice',
        Choices: [{ Condition: stops('{% \\$states.input.${2:isValid} %}'), Next: 'Go On' }],
        Default: 'Reject',
      },
      'Go On': { Type: 'Pass', Next: 'Done' },
      Done: { Type: 'Succeed' },
      Reject: { Type: 'Fail', Error: 'Rejected' },
    },
  }),
  template(translate('State machine: process a list'), translate('a Map over an array, JSONata'), 4, {
    Comment: stops('${1:What this state machine does}'),
    QueryLanguage: 'JSONata',
    StartAt: 'For Each Item',
    States: {
      'For Each Item': {
        Type: 'Map',
        Items: stops('{% \\$states.input.${2:items} %}'),
        MaxConcurrency: 10,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Process Item',
          States: { 'Process Item': { Type: 'Pass', End: true } },
        },
        End: true,
      },
    },
  }),
  template(translate('State machine: human approval'), translate('waits for a task token, JSONata'), 5, {
    Comment: stops('${1:What this state machine does}'),
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: stops('${2:askForApproval}'),
          Payload: { token: '{% $states.context.Task.Token %}', request: '{% $states.input %}' },
        },
        TimeoutSeconds: 86_400,
        Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'No Answer' }],
        Next: 'Is Approved',
      },
      'Is Approved': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.approved = true %}', Next: 'Approved' }],
        Default: 'Rejected',
      },
      Approved: { Type: 'Succeed' },
      Rejected: { Type: 'Fail', Error: 'Rejected' },
      'No Answer': { Type: 'Fail', Error: 'NoAnswer' },
    },
  }),
  template(translate('State machine in JSONPath'), translate('one Pass state'), 6, {
    Comment: stops('${1:What this state machine does}'),
    StartAt: stops('${2:Hello}'),
    States: named('${2:Hello}', {
      Type: 'Pass',
      Result: { message: 'Hello from Step Functions' },
      End: true,
    }),
  }),
]);

function template(label: string, detail: string, rank: number, draft: Draft): Candidate {
  return { label, kind: CompletionItemKind.File, rank, detail, draft };
}

/** A state of the snippets without its way on. */
function draftOf(label: string): Readonly<Record<string, Draft>> {
  const { draft } = stateDrafts('JSONata', { kind: 'end' }, inEnglish).find(
    candidate => candidate.label === label,
  ) ?? {
    draft: {},
  };
  return Object.fromEntries(Object.entries<Draft>(draft).filter(([name]) => name !== 'End'));
}
