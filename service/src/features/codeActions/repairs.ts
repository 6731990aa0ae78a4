import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import type { Json } from '#core/json.ts';
import { lambdaTransientErrors } from '#core/language/errorNames.ts';
import { parseResource } from '#core/language/services/resource.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf, type PropertyNode, type SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { contains } from '#core/text/span.ts';
import { addProperty, removeProperty, replaceValue, type Edit } from '#service/edits.ts';
import { freeName } from '#service/freeName.ts';
import { renameEdits } from '#service/features/rename.ts';

/** Mends a finding; nothing when the definition has changed so that it does not apply any more. */
export type Repair = (
  machine: MachineAnalysis,
  finding: Finding,
  options: Readonly<Record<string, string>>,
) => readonly Edit[];

/** The repairs that findings name, by that name. */
export const repairs: ReadonlyMap<string, Repair> = new Map<string, Repair>([
  ['createState', createState],
  ['renameState', renameState],
  ['addEnd', addEnd],
  ['addDefault', addDefault],
  ['addResultPath', addResultPath],
  ['removeField', removeField],
  ['removeState', removeState],
  ['retryLambdaErrors', retryLambdaErrors],
  ['addTimeout', addTimeout],
  ['useLambdaInvoke', useLambdaInvoke],
]);

/** Writes the state that a transition already names, behind the one that goes there. */
function createState(
  machine: MachineAnalysis,
  finding: Finding,
  { name = '' }: Record<string, string>,
): Edit[] {
  const from = stateOf(machine, finding);
  const scope = from?.scope ?? machine.machine.root;
  if (!scope.statesNode || scope.stateByName.has(name)) return [];
  return [addProperty(machine, scope.statesNode, name, newState(), from?.property)];
}

function newState(): Json {
  return { Type: 'Pass', End: true };
}

function renameState(
  machine: MachineAnalysis,
  _finding: Finding,
  { state: pointer, name = '' }: Record<string, string>,
): readonly Edit[] {
  const state = machine.machine.states.find(candidate => candidate.pointer === pointer);
  if (!state || machine.machine.states.some(other => other.name === name)) return [];
  return renameEdits(machine, state, name);
}

function addEnd(machine: MachineAnalysis, finding: Finding): Edit[] {
  const state = stateOf(machine, finding);
  if (!state) return [];
  const end = valueOf(state.node, 'End');
  return [end ? replaceValue(machine, end, true) : addProperty(machine, state.node, 'End', true)];
}

/** Lets a Choice that matches nothing fail in a state of its own, so that the reason shows. */
function addDefault(machine: MachineAnalysis, finding: Finding): Edit[] {
  const state = stateOf(machine, finding);
  if (!state?.scope.statesNode || propertyOf(state.node, 'Default')) return [];
  const name = freeName(machine, `${state.name}: no match`);
  const fail: Json = { Type: 'Fail', Error: 'NoChoiceMatched', Cause: `No rule of '${state.name}' matched.` };
  return [
    addProperty(machine, state.node, 'Default', name),
    addProperty(machine, state.scope.statesNode, name, fail, state.property),
  ];
}

/** Keeps the input beside the Error Output of a Catcher. */
function addResultPath(
  machine: MachineAnalysis,
  finding: Finding,
  { catcher = '0' }: Record<string, string>,
): Edit[] {
  const node = stateOf(machine, finding)?.catchers[Number(catcher)];
  return node ? [addProperty(machine, node, 'ResultPath', '$.error')] : [];
}

function removeField(machine: MachineAnalysis, finding: Finding, { field }: Record<string, string>): Edit[] {
  const property = propertyAt(machine.site.node, finding);
  return property && property.key.value === field ? [removeProperty(machine, property)] : [];
}

/** Takes out a state that nothing leads to. */
function removeState(machine: MachineAnalysis, finding: Finding): Edit[] {
  const state = stateOf(machine, finding);
  if (!state || machine.flow.isReachable(state)) return [];
  return [removeProperty(machine, state.property)];
}

/** The Retrier that the Developer Guide advises for Lambda. */
export const lambdaRetrier: Json = {
  ErrorEquals: [...lambdaTransientErrors],
  IntervalSeconds: 1,
  MaxAttempts: 3,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
};

function retryLambdaErrors(machine: MachineAnalysis, finding: Finding): Edit[] {
  const state = stateOf(machine, finding);
  return state ? [addToList(machine, state, 'Retry', lambdaRetrier)] : [];
}

/** Seconds a Task may take when nothing else is known of it. */
export const defaultTimeout = 300;

function addTimeout(machine: MachineAnalysis, finding: Finding): Edit[] {
  const state = stateOf(machine, finding);
  return state ? [addProperty(machine, state.node, 'TimeoutSeconds', defaultTimeout)] : [];
}

/**
 * Calls a function through `lambda:invoke`, whose result has the function's own in `Payload`. Only where
 * nothing else shapes the result, so that the state's output stays the same.
 */
function useLambdaInvoke(machine: MachineAnalysis, finding: Finding): Edit[] {
  const state = stateOf(machine, finding);
  if (state?.type !== 'Task' || !state.resource) return [];
  const { node, resource } = state;
  const shapesResult = ['ResultSelector', 'ResultPath', 'OutputPath', 'Output', 'Assign', 'Catch'];
  if (shapesResult.some(name => propertyOf(node, name))) return [];
  const arn = parseResource(resource.value);
  if (arn.kind !== 'lambda') return [];
  const isJsonata = state.queryLanguage === 'JSONata';
  const field = isJsonata ? 'Arguments' : 'Parameters';
  const given = valueOf(node, field);
  const whole: Json = isJsonata ? { Payload: '{% $states.input %}' } : { 'Payload.$': '$' };
  const call: Json = { FunctionName: resource.value, ...(given ? { Payload: toJson(given) } : whole) };
  return [
    replaceValue(machine, resource, `arn:${arn.partition.text}:states:::lambda:invoke`),
    given
      ? replaceValue(machine, given, call)
      : addProperty(machine, node, field, call, propertyOf(node, 'Resource')),
    isJsonata
      ? addProperty(machine, node, 'Output', '{% $states.result.Payload %}')
      : addProperty(machine, node, 'OutputPath', '$.Payload'),
  ];
}

/** Puts an item first in a list of a state, which is made if there is none: an earlier Retrier wins. */
export function addToList(machine: MachineAnalysis, state: State, field: string, item: Json): Edit {
  const list = valueOf(state.node, field);
  if (list?.kind !== 'array') return addProperty(machine, state.node, field, [item]);
  return replaceValue(machine, list, [item, ...list.items.map(existing => toJson(existing))]);
}

/** The state a finding is about. */
export function stateOf(machine: MachineAnalysis, finding: Finding): State | undefined {
  const named = finding.state === undefined ? undefined : statesByPointer(machine).get(finding.state);
  return named ?? machine.stateAt(finding.start);
}

/** Of a definition with a thousand findings each is looked up. */
const known = new WeakMap<MachineAnalysis, ReadonlyMap<Pointer, State>>();

function statesByPointer(machine: MachineAnalysis): ReadonlyMap<Pointer, State> {
  const states = known.get(machine) ?? new Map(machine.machine.states.map(state => [state.pointer, state]));
  known.set(machine, states);
  return states;
}

/** The innermost property whose key is where the finding is. */
export function propertyAt(node: SyntaxNode, finding: Finding): PropertyNode | undefined {
  if (node.kind === 'array') {
    for (const item of node.items) {
      if (contains(item, finding)) return propertyAt(item, finding);
    }
    return undefined;
  }
  if (node.kind !== 'object') return undefined;
  for (const property of node.properties) {
    if (contains(property.key, finding)) return property;
    if (property.value && contains(property.value, finding)) return propertyAt(property.value, finding);
  }
  return undefined;
}
