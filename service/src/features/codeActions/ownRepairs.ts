import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import type { Json } from '#core/json.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf, type PropertyNode } from '#core/syntax/node.ts';
import { inWords, say, type Message } from '#core/text/message.ts';
import {
  addProperty,
  removeItem,
  removeProperty,
  replaceText,
  replaceValue,
  type Edit,
} from '#service/edits.ts';
import { propertyAt, stateOf } from './repairs.ts';

/** A repair that nobody but the editor needs, so that the finding does not carry it. */
export interface OwnRepair {
  readonly title: string;
  readonly edits: readonly Edit[];
}

type Repair = (machine: MachineAnalysis, finding: Finding) => OwnRepair | undefined;

/** What mends findings of these codes (or of codes that begin so) besides what they say themselves. */
const byCode: readonly (readonly [code: string, repair: Repair])[] = [
  ['wait/no-duration', ofState(({ name }) => say`Let '${name}' wait 10 seconds`, 'Seconds', 10)],
  ['fail/no-error-or-cause', ofState(({ name }) => say`Name the error of '${name}'`, 'Error', 'Error')],
  ['choice/unreachable-rule-duplicate', removeRule],
  ['flow/unused-variable', removeVariable],
  ['state/field-wrong-type', fitType],
  ['task/heartbeat-without-callback', removeFieldAt],
  ['template/duplicate-after-strip', removeFieldAt],
  ['json/duplicate-key', removeFieldAt],
  ['template/dollar-key-not-path', withoutSuffix],
  ['data/outputpath-null-loses-data', dropResultOnly],
  ['jsonata/eval-not-supported', parseInsteadOfEval],
];

export function ownRepair(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const found = byCode.find(([code]) => finding.code.startsWith(code));
  return found?.[1](machine, finding);
}

function ofState(title: (state: State) => Message, field: string, value: Json): Repair {
  return (machine, finding) => {
    const state = stateOf(machine, finding);
    if (!state || propertyOf(state.node, field)) return undefined;
    return {
      title: inWords(title(state), machine.analysis.translate),
      edits: [addProperty(machine, state.node, field, value)],
    };
  };
}

function removeRule(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const state = stateOf(machine, finding);
  if (state?.type !== 'Choice') return undefined;
  const rule = state.rules.find(({ node }) => node.start <= finding.start && finding.end <= node.end);
  return (
    rule && { title: machine.analysis.translate('Remove this rule'), edits: [removeItem(machine, rule.node)] }
  );
}

function removeVariable(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const property = propertyAt(machine.site.node, finding);
  if (!property) return undefined;
  const assign = property.parent.parent;
  const isAlone = property.parent.properties.length === 1;
  const holder = assign?.kind === 'object' ? propertyOf(assign, 'Assign') : undefined;
  const target = isAlone && holder?.value === property.parent ? holder : property;
  const title = machine.analysis.translate("Remove '{0}'", property.key.value);
  return { title, edits: [removeProperty(machine, target)] };
}

function removeFieldAt(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const property = propertyAt(machine.site.node, finding);
  if (!property) return undefined;
  const title = machine.analysis.translate("Remove '{0}'", property.key.value);
  return { title, edits: [removeProperty(machine, property)] };
}

/** A Succeed state that leads on is a Pass state; any other field is taken out. */
function fitType(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const state = stateOf(machine, finding);
  const type = state?.type === 'Succeed' ? propertyOf(state.node, 'Type')?.value : undefined;
  const leadsOn = propertyAt(machine.site.node, finding)?.key.value === 'Next';
  if (!state || !type || !leadsOn) return removeFieldAt(machine, finding);
  return {
    title: machine.analysis.translate("Make '{0}' a Pass state, which goes on", state.name),
    edits: [replaceValue(machine, type, 'Pass')],
  };
}

function withoutSuffix(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const property = propertyHolding(machine, finding);
  const key = property?.key;
  if (!key?.value.endsWith('.$')) return undefined;
  const span = { start: key.offsetOf(key.value.length - 2), end: key.offsetOf(key.value.length) };
  const name = key.value.slice(0, -2);
  const title = machine.analysis.translate("Change to '{0}'", name);
  return { title, edits: [replaceText(machine, key, span, '')] };
}

function dropResultOnly(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const property = propertyHolding(machine, finding);
  if (property?.key.value !== 'OutputPath' || propertyOf(property.parent, 'ResultPath')) return undefined;
  return {
    title: machine.analysis.translate('Drop the result only: "ResultPath": null'),
    edits: [replaceValue(machine, property.key, 'ResultPath')],
  };
}

function parseInsteadOfEval(machine: MachineAnalysis, finding: Finding): OwnRepair | undefined {
  const { text } = machine.analysis.source;
  const at = text.slice(finding.start, finding.end).indexOf('eval');
  if (at < 0) return undefined;
  const start = finding.start + at;
  const title = machine.analysis.translate("Change to '{0}'", '$parse');
  return { title, edits: [{ start, end: start + 4, text: 'parse' }] };
}

/** The innermost property whose key or value the finding is in. */
function propertyHolding(machine: MachineAnalysis, finding: Finding): PropertyNode | undefined {
  const atKey = propertyAt(machine.site.node, finding);
  if (atKey) return atKey;
  let found: PropertyNode | undefined;
  let properties: readonly PropertyNode[] = machine.site.node.properties;
  for (;;) {
    const holder = properties.find(
      ({ value }) => value && value.start <= finding.start && finding.end <= value.end,
    );
    if (!holder) return found;
    found = holder;
    properties = holder.value?.kind === 'object' ? holder.value.properties : [];
  }
}
