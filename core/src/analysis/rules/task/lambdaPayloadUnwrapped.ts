import type { Flow } from '#core/analysis/flow.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { isOptimized, type TaskCall } from '#core/analysis/taskCalls.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** What `lambda:invoke` gives: the function's own result is in Payload. */
const resultFields: ReadonlySet<string> = new Set([
  'ExecutedVersion',
  'Payload',
  'SdkHttpMetadata',
  'SdkResponseMetadata',
  'StatusCode',
  'FunctionError',
  'LogResult',
]);

/** A path that reads the result of `lambda:invoke` as if it were the function's. */
export const lambdaPayloadUnwrapped: Rule = {
  code: 'task/lambda-payload-path-unwrapped',
  severity: 'warning',
  summary: "The function's result is in Payload.",
  explanation:
    '`lambda:invoke` gives `{"ExecutedVersion", "Payload", "SdkHttpMetadata", "StatusCode", …}`, and what the function returned is in `Payload`. Read `$.Payload.x`, or unwrap it with `"OutputPath": "$.Payload"` or a ResultSelector.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"Next":"B"},"B":{"Type":"Pass","InputPath":"$.x","End":true}}}',
  *check({ taskCalls, flow, expressions }) {
    const callByReader = new Map<State, TaskCall>();
    for (const call of taskCalls) {
      if (!isOptimized(call, 'lambda', 'invoke') || call.pattern === 'waitForTaskToken') continue;
      const reader = readerOf(call.state, flow);
      if (reader) callByReader.set(reader, call);
    }
    if (callByReader.size === 0) return;
    for (const site of expressions.all) {
      const call = callByReader.get(site.state);
      const read = call && (call.state === site.state ? ownResultRead(site) : inputRead(site));
      if (!call || !read || resultFields.has(read.name)) continue;
      yield {
        start: site.node.start,
        end: site.node.end,
        message: say`The result of '${call.state.name}' has no '${read.name}'. What the function returned is in Payload: ${read.path}.`,
        state: site.state.pointer,
        related: [
          { start: call.node.start, end: call.node.end, message: say`'lambda:invoke' wraps the result.` },
        ],
      };
    }
  },
};

/**
 * The state that reads the whole result: in JSONata the Task itself; in JSONPath the next one, if nothing shapes
 * the result on the way and nothing else leads there.
 */
function readerOf(state: State, flow: Flow): State | undefined {
  if (state.queryLanguage === 'JSONata') return state;
  if (['ResultSelector', 'ResultPath', 'OutputPath'].some(name => propertyOf(state.node, name)))
    return undefined;
  const next = flow.successors(state).find(({ kind }) => kind === 'Next')?.to;
  if (!next || next.queryLanguage !== 'JSONPath' || flow.predecessors(next).length > 1) return undefined;
  return next.scope.startAt?.value === next.name ? undefined : next;
}

interface Read {
  readonly name: string;
  /** How it should read. */
  readonly path: string;
}

function ownResultRead({ text }: ExpressionSite): Read | undefined {
  const name = /\$states\.result\.([A-Za-z_]\w*)/.exec(text)?.[1];
  return name === undefined ? undefined : { name, path: `$states.result.Payload.${name}` };
}

function inputRead({ text, field, state }: ExpressionSite): Read | undefined {
  if (!readsInput.has(field) || (field !== 'InputPath' && propertyOf(state.node, 'InputPath')))
    return undefined;
  const name = /^\$\.([A-Za-z_]\w*)/.exec(text)?.[1];
  return name === undefined ? undefined : { name, path: `$.Payload${text.slice(1)}` };
}

/** The fields that see the input before anything has changed it. */
const readsInput: ReadonlySet<string> = new Set([
  'InputPath',
  'Parameters',
  'ItemsPath',
  'Variable',
  'Choices',
  'SecondsPath',
  'TimestampPath',
]);
