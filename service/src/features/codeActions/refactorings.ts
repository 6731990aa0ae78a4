import { CodeActionKind, type Range } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { parseResource } from '#core/language/services/resource.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { contains, touches, type Span } from '#core/text/span.ts';
import { addProperty, endOfText, replaceValue, type Edit } from '#service/edits.ts';
import { freeName } from '#service/freeName.ts';
import { runsMachine } from '#service/refactoring/inlineMachine.ts';
import { toOffset } from '#service/toLsp.ts';
import { isEscaped } from '#service/writing.ts';
import { extractSelected, extractState } from './extract.ts';
import { inlineOffers } from './inline.ts';
import type { Offer } from './offer.ts';
import { machineToJsonata, stateToJsonata } from './toJsonata.ts';
import { addToList, defaultTimeout, lambdaRetrier } from './repairs.ts';

/** What can be made of the state under the cursor, or of the states of its scope. */
export function refactorings(
  machine: MachineAnalysis,
  span: Span,
  createsFiles: boolean,
  called: MachineAnalysis | undefined,
): Offer[] {
  const state = machine.stateAt(span.start);
  const offers = [
    ...extractSelected(machine, span, createsFiles),
    ...sortOffer(machine, span),
    ...machineToJsonata(machine, span),
  ];
  if (!state || !isOnHead(machine, state, span)) return offers;
  return [
    ...retryOffer(machine, state),
    ...catchOffer(machine, state),
    ...timeoutOffer(machine, state),
    ...wrapOffer(machine, state),
    ...extractState(machine, state, createsFiles),
    ...inlineOffers(machine, state, called),
    ...stateToJsonata(machine, state),
    ...offers,
  ];
}

/** Where it has to be found what another state machine does: at the head of a Task that runs one. */
export function wantsCalled(analysis: Analysis, { start }: Range): boolean {
  const offset = toOffset(analysis, start);
  const machine = analysis.machineAt(offset);
  const state = machine?.stateAt(offset);
  if (!machine || !state || !runsMachine(state) || isEscaped(machine)) return false;
  return isOnHead(machine, state, { start: offset, end: offset });
}

/** Refactorings of a whole state are offered at its name and type only, not everywhere inside. */
function isOnHead({ analysis }: MachineAnalysis, state: State, span: Span): boolean {
  const type = propertyOf(state.node, 'Type');
  const line = analysis.lines.positionAt(span.start).line;
  return (
    touches(state.key, span.start) ||
    (type !== undefined && touches(type, span.start)) ||
    line === analysis.lines.positionAt(state.key.start).line
  );
}

function canFail(state: State): boolean {
  return state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map';
}

function retryOffer(machine: MachineAnalysis, state: State): Offer[] {
  if (!canFail(state) || propertyOf(state.node, 'Retry')) return [];
  const arn = state.type === 'Task' ? parseResource(state.resource?.value ?? '') : undefined;
  const isLambda = arn?.kind === 'lambda' || (arn?.kind === 'optimized' && arn.service.text === 'lambda');
  const retrier: Json = isLambda
    ? lambdaRetrier
    : { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 };
  return [
    rewrite(machine.analysis.translate("Add Retry to '{0}'", state.name), [
      addToList(machine, state, 'Retry', retrier),
    ]),
  ];
}

/** Catches every error in a Fail state of its own, which keeps the Error Output. */
function catchOffer(machine: MachineAnalysis, state: State): Offer[] {
  const { statesNode } = state.scope;
  if (!canFail(state) || !statesNode || propertyOf(state.node, 'Catch')) return [];
  const name = freeName(machine, `${state.name} failed`);
  const isJsonata = state.queryLanguage === 'JSONata';
  const catcher: Json = isJsonata
    ? { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: name }
    : { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: name };
  const fail: Json = isJsonata
    ? { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: '{% $states.input.Cause %}' }
    : { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' };
  return [
    rewrite(machine.analysis.translate("Add Catch to '{0}'", state.name), [
      addProperty(machine, state.node, 'Catch', [catcher]),
      addProperty(machine, statesNode, name, fail, state.property),
    ]),
  ];
}

function timeoutOffer(machine: MachineAnalysis, state: State): Offer[] {
  const isSet = propertyOf(state.node, 'TimeoutSeconds') ?? propertyOf(state.node, 'TimeoutSecondsPath');
  if (state.type !== 'Task' || isSet) return [];
  const edit = addProperty(machine, state.node, 'TimeoutSeconds', defaultTimeout);
  return [rewrite(machine.analysis.translate("Add TimeoutSeconds to '{0}'", state.name), [edit])];
}

/**
 * Puts the state into a Map state that takes its name and its way on, to run for every item of what was
 * its input; inside, the state is named after its type.
 */
function wrapOffer(machine: MachineAnalysis, state: State): Offer[] {
  if (state.type === 'Choice' || state.type === 'Fail' || state.type === 'Unknown') return [];
  if (state.catchers.length > 0) return [];
  const own = toJson(state.node);
  if (own === null || typeof own !== 'object' || Array.isArray(own)) return [];
  const inner = freeName(machine, `${state.name}: work`);
  const entries: [string, Json][] = Object.entries(own);
  const kept = entries.filter(([name]) => name !== 'Next' && name !== 'End');
  const onward = entries.filter(([name]) => name === 'Next' || name === 'End');
  const body = { ...Object.fromEntries(kept), ...(state.type !== 'Succeed' && { End: true }) };
  const language =
    state.queryLanguage === machine.machine.queryLanguage ? {} : { QueryLanguage: state.queryLanguage };
  const map: Json = {
    Type: 'Map',
    ...language,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: inner, States: { [inner]: body } },
    ...(onward.length > 0 ? Object.fromEntries(onward) : { End: true }),
  };
  return [
    {
      title: machine.analysis.translate("Wrap '{0}' in a Map", state.name),
      kind: CodeActionKind.RefactorExtract,
      edits: [replaceValue(machine, state.node, map)],
    },
  ];
}

/** Offered at `States`, `StartAt` and the name of a state; only where it would change something. */
function sortOffer(machine: MachineAnalysis, span: Span): Offer[] {
  const scope = machine.machine.scopes.findLast(candidate => contains(candidate.node, span));
  const { analysis } = machine;
  if (!scope?.statesNode || scope.states.length !== scope.statesNode.properties.length) return [];
  const head = propertyOf(scope.node, 'States')?.key;
  const isAtHead =
    (head && touches(head, span.start)) || (scope.startAt && touches(scope.startAt, span.start));
  if (!isAtHead || scope.stateByName.size !== scope.states.length) return [];
  const order = machine.flow.inFlowOrder(scope);
  if (order.every((state, index) => state === scope.states[index])) return [];
  return [
    rewrite(
      analysis.translate('Sort states in the order of their flow'),
      sortEdits(analysis.source.text, scope, order),
    ),
  ];
}

/** Each state's text takes the place of another's, so that what stands between them stays. */
function sortEdits(text: string, scope: Scope, order: readonly State[]): Edit[] {
  return scope.states.flatMap((place, index): Edit[] => {
    const state = order[index];
    if (!state || state === place) return [];
    const { start, end } = place.property;
    const own = text.slice(state.property.start, endOfText(text, state.property.end));
    return [{ start, end: endOfText(text, end), text: own }];
  });
}

function rewrite(title: string, edits: readonly Edit[]): Offer {
  return { title, kind: CodeActionKind.RefactorRewrite, edits };
}
