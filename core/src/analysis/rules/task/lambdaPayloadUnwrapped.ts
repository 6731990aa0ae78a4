import type { Rule } from '#core/analysis/rule.ts';
import { isOptimized, type TaskCall } from '#core/analysis/taskCalls.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';

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
    const calls = taskCalls.filter(
      call => isOptimized(call, 'lambda', 'invoke') && call.pattern !== 'waitForTaskToken',
    );
    if (calls.length === 0) return;
    const sitesByState = new Map<State, ExpressionSite[]>();
    for (const site of expressions.all) {
      const known = sitesByState.get(site.state);
      if (known) known.push(site);
      else sitesByState.set(site.state, [site]);
    }
    for (const call of calls) {
      for (const { site, name, path } of call.state.queryLanguage === 'JSONata'
        ? ownResultReads(sitesByState.get(call.state) ?? [])
        : readsBehind(call, flow.successors(call.state), flow, sitesByState)) {
        if (resultFields.has(name)) continue;
        yield {
          start: site.node.start,
          end: site.node.end,
          message: `The result of '${call.state.name}' has no '${name}'. What the function returned is in Payload: ${path}.`,
          state: site.state.pointer,
          related: [
            { start: call.node.start, end: call.node.end, message: "'lambda:invoke' wraps the result." },
          ],
        };
      }
    }
  },
};

interface Read {
  readonly site: ExpressionSite;
  readonly name: string;
  /** How it should read. */
  readonly path: string;
}

function* ownResultReads(sites: readonly ExpressionSite[]): Generator<Read> {
  for (const site of sites) {
    const name = /\$states\.result\.([A-Za-z_]\w*)/.exec(site.text)?.[1];
    if (name !== undefined) yield { site, name, path: `$states.result.Payload.${name}` };
  }
}

type Flow = Parameters<Rule['check']>[0]['flow'];

/** What the next state reads from its input, when that is the whole result and nothing else leads there. */
function* readsBehind(
  { state }: TaskCall,
  successors: ReturnType<Flow['successors']>,
  flow: Flow,
  sitesByState: ReadonlyMap<State, readonly ExpressionSite[]>,
): Generator<Read> {
  if (['ResultSelector', 'ResultPath', 'OutputPath'].some(name => propertyOf(state.node, name))) return;
  for (const { to, kind } of successors) {
    if (!to || kind !== 'Next' || to.queryLanguage !== 'JSONPath') continue;
    if (flow.predecessors(to).length > 1 || to.scope.startAt?.value === to.name) continue;
    const hasInputPath = propertyOf(to.node, 'InputPath') !== undefined;
    for (const site of sitesByState.get(to) ?? []) {
      if (!readsInput.has(site.field) || (hasInputPath && site.field !== 'InputPath')) continue;
      const name = /^\$\.([A-Za-z_]\w*)/.exec(site.text)?.[1];
      if (name !== undefined) yield { site, name, path: `$.Payload${site.text.slice(1)}` };
    }
  }
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
