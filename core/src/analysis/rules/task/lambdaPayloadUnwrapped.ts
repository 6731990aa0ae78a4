import type { Flow } from '#core/analysis/flow.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { isOptimized, type TaskCall } from '#core/analysis/taskCalls.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';
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
    const readersOf = new Map<State, Reader[]>();
    for (const call of taskCalls) {
      if (!isOptimized(call, 'lambda', 'invoke') || call.pattern === 'waitForTaskToken') continue;
      for (const reader of readers(call, flow)) {
        const known = readersOf.get(reader.state);
        if (known) known.push(reader);
        else readersOf.set(reader.state, [reader]);
      }
    }
    if (readersOf.size === 0) return;
    for (const site of expressions.all) {
      for (const { call, start, fields } of readersOf.get(site.state) ?? []) {
        if (fields && (!fields.has(site.field) || site.part.kind === 'Catch')) continue;
        const name = nameBehind(start, site);
        if (name === undefined || resultFields.has(name)) continue;
        const path = site.grammar === 'jsonata' ? name : site.text.slice(start.length + 1);
        yield {
          start: site.node.start,
          end: site.node.end,
          message: say`The result of '${call.state.name}' has no '${name}'. What the function returned is in Payload: ${`${start}.Payload.${path}`}.`,
          state: site.state.pointer,
          related: [
            { start: call.node.start, end: call.node.end, message: say`'lambda:invoke' wraps the result.` },
          ],
        };
      }
    }
  },
};

/** A state that reads the whole result. */
interface Reader {
  readonly call: TaskCall;
  readonly state: State;
  /** Where it finds the result: `$.r`, `$states.result`. */
  readonly start: string;
  /** The fields that find it there; all where there are none. */
  readonly fields: ReadonlySet<string> | undefined;
}

/** The Task itself, and the next state if nothing shapes the result on the way and nothing else leads there. */
function* readers(call: TaskCall, flow: Flow): Generator<Reader> {
  const { state } = call;
  const has = (name: string): boolean => propertyOf(state.node, name) !== undefined;
  const isJsonata = state.queryLanguage === 'JSONata';
  if (isJsonata) yield { call, state, start: '$states.result', fields: undefined };
  else yield { call, state, start: '$', fields: resultReaders(has) };
  const start = isJsonata ? (has('Output') ? undefined : '$') : placeOfResult(state);
  const next = start !== undefined && nextOnly(state, flow);
  if (!next || start === undefined) return;
  if (next.queryLanguage === 'JSONata') {
    yield { call, state: next, start: `$states.input${start.slice(1)}`, fields: undefined };
  } else {
    const fields = propertyOf(next.node, 'InputPath') ? justInputPath : inputReaders;
    yield { call, state: next, start, fields };
  }
}

/** The fields of a JSONPath Task whose paths start at the result as it came. */
function resultReaders(has: (name: string) => boolean): ReadonlySet<string> {
  return has('ResultSelector') || has('ResultPath') ? resultShapers : resultTakers;
}

const resultShapers: ReadonlySet<string> = new Set(['ResultSelector', 'Assign']);
const resultTakers: ReadonlySet<string> = new Set([...resultShapers, 'OutputPath']);

/** Where a JSONPath Task leaves its result as it came; `undefined` where it does not. */
function placeOfResult({ node }: State): string | undefined {
  if (propertyOf(node, 'ResultSelector') || propertyOf(node, 'OutputPath')) return undefined;
  const path = valueOf(node, 'ResultPath');
  if (!path) return propertyOf(node, 'ResultPath') ? undefined : '$';
  return path.kind === 'string' && /^\$(?:\.[A-Za-z_]\w*)*$/.test(path.value) ? path.value : undefined;
}

function nextOnly(state: State, flow: Flow): State | undefined {
  const next = flow.successors(state).find(({ kind }) => kind === 'Next')?.to;
  if (!next || flow.predecessors(next).length > 1) return undefined;
  return next.scope.startAt?.value === next.name ? undefined : next;
}

/** The member that the expression reads there; `undefined` where it reads something else, or all of it. */
function nameBehind(start: string, { text, grammar }: ExpressionSite): string | undefined {
  if (grammar !== 'jsonata') {
    if (!text.startsWith(start) || text.charAt(start.length) !== '.') return undefined;
    return /^[A-Za-z_]\w*/.exec(text.slice(start.length + 1))?.[0];
  }
  if (!text.includes(start)) return undefined;
  const at = new RegExp(
    `${start.replaceAll('$', String.raw`\$`).replaceAll('.', String.raw`\.`)}\\.([A-Za-z_]\\w*)`,
  );
  return at.exec(text)?.[1];
}

const justInputPath: ReadonlySet<string> = new Set(['InputPath']);

/** The fields that see the input before anything has changed it. */
const inputReaders: ReadonlySet<string> = new Set([
  'InputPath',
  'Parameters',
  'ItemsPath',
  'Variable',
  'Choices',
  'SecondsPath',
  'TimestampPath',
]);
