import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { FieldFault } from '#core/analysis/fieldFaults.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { fieldsIn, fieldsOf, objectNames } from '#core/language/fields.ts';
import { stateTypes, type ObjectName } from '#core/language/values.ts';
import type { PropertyNode } from '#core/syntax/node.ts';
import { askIfMeant, closest } from '#core/text/closest.ts';
import { say, type Message } from '#core/text/message.ts';
import { groupOfObject } from './codes.ts';
import { subject } from './wording.ts';

type UnknownFault = FieldFault & { kind: 'unknown' };

/** A field that no state machine knows, mostly a slip of the pen: `Resouce`. */
export const unknownField: Rule = {
  code: 'state/unknown-field',
  variants: [
    'root/unknown-field',
    'parallel/branch-unknown-field',
    'retry/unknown-field',
    'catch/unknown-field',
    'map/unknown-field',
    'map/itemprocessor-querylanguage',
    'task/unknown-field',
    'choice/unknown-operator',
    'choice/nested-next',
    'state/misspelt-field',
  ],
  severity: 'error',
  summary: 'The field does not exist here.',
  explanation:
    'AWS refuses definitions with fields it does not know. Names of fields are case-sensitive. Data of your own belongs into `Parameters`, `Arguments`, `Result` or `Comment`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Resultt":1,"End":true}}}',
  *check(analysis) {
    for (const fault of analysis.fieldFaults) {
      if (fault.kind !== 'unknown' || isFieldOfAnotherState(fault)) continue;
      yield finding(analysis, fault);
    }
  },
};

/** Whether another type of state knows the field; then `fieldOfOtherState` tells it. */
export function isFieldOfAnotherState({ owner, property }: UnknownFault): boolean {
  return isState(owner.object) && stateFields.has(property.key.value);
}

function isState(object: ObjectName): boolean {
  return (stateTypes as readonly ObjectName[]).includes(object);
}

const stateFields: ReadonlySet<string> = new Set(
  objectNames.filter(isState).flatMap(object => fieldsOf(object).map(({ name }) => name)),
);

function finding(analysis: MachineAnalysis, fault: UnknownFault): RuleFinding {
  const { owner, property } = fault;
  const { key } = property;
  const meant = closest(key.value, namesStillFree(fault));
  const message = say`${subject(owner.object)} has no field '${key.value}'.`;
  const base: RuleFinding = {
    start: key.start,
    end: key.end,
    message: meant === undefined ? (adviceFor(fault) ?? message) : askIfMeant(message, meant),
    code: code(fault, meant),
    ...(owner.state && { state: owner.state.pointer }),
    aws: {
      code: 'SCHEMA_VALIDATION_FAILED',
      message: `Field '${key.value}' is not supported`,
      location: awsLocation(analysis.site.node, owner.node),
    },
    ...(isTolerated(analysis, fault) && { severity: 'warning' }),
  };
  return meant === undefined ? base : { ...base, ...rename(property, meant) };
}

function namesStillFree({ owner }: UnknownFault): readonly string[] {
  const written = new Set(owner.node.properties.map(({ key }) => key.value));
  return [...fieldsIn(owner.object, owner.language).keys()].filter(name => !written.has(name));
}

function rename({ key }: PropertyNode, name: string): Pick<RuleFinding, 'fix'> {
  const span = { start: key.offsetOf(0), end: key.offsetOf(key.value.length) };
  return { fix: { kind: 'replaceText', span, text: name, title: say`Change to '${name}'` } };
}

function code({ owner, property }: UnknownFault, meant: string | undefined): string {
  const name = property.key.value;
  switch (owner.object) {
    case 'Branch':
      return 'parallel/branch-unknown-field';
    case 'ItemProcessor':
    case 'Iterator':
      return name === 'QueryLanguage' ? 'map/itemprocessor-querylanguage' : 'map/unknown-field';
    case 'NestedChoiceRule':
      return name === 'Next' ? 'choice/nested-next' : 'choice/unknown-operator';
    case 'ChoiceRule':
      return 'choice/unknown-operator';
    default:
      if (!isState(owner.object)) return `${groupOfObject(owner.object)}/unknown-field`;
      return meant === undefined ? 'state/unknown-field' : 'state/misspelt-field';
  }
}

/** The message with the reason why the field is not there, where it has one. */
function adviceFor({ owner, property }: UnknownFault): Message | undefined {
  const name = property.key.value;
  if (name === 'QueryLanguage')
    return say`${subject(owner.object)} has no field '${name}'. The states in here take the QueryLanguage of the state machine.`;
  if (owner.object === 'NestedChoiceRule' && name === 'Next')
    return say`${subject(owner.object)} has no field '${name}'. Only the outermost rule says where to go.`;
  return undefined;
}

/**
 * Whether the fault may vanish before deployment, or AWS may look away: YAML anchors kept under `x-…` keys, which
 * builds strip, and what else stands in Credentials, of which AWS is only known to require the RoleArn.
 */
function isTolerated(analysis: MachineAnalysis, { owner, property }: UnknownFault): boolean {
  if (owner.object === 'Credentials') return true;
  const isYaml = analysis.analysis.source.format === 'yaml';
  return isYaml && owner.object === 'StateMachine' && /^[xX][-_]|^\./.test(property.key.value);
}
