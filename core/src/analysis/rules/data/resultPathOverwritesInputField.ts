import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { membersAt } from '#core/analysis/shape.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { pathsOf } from '#core/expressions/expression.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf, type StringNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A result that takes the place of one that nobody has read. */
export const resultPathOverwritesInputField: Rule = {
  code: 'data/resultpath-overwrites-input-field',
  severity: 'hint',
  summary: 'ResultPath overwrites a member of the input that no state has read.',
  explanation:
    'What stood there before is lost, and nothing has used it. Choose another member, or remove the state that wrote it.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"ResultPath":"$.x","Next":"B"},"B":{"Type":"Pass","Result":2,"ResultPath":"$.x","End":true}}}',
  *check(machine) {
    const rivals = rivalsIn(machine.machine.states);
    if (rivals.length === 0) return;
    const read = namesRead(machine);
    if (read === everything) return;
    const looping = new Map<Scope, ReadonlySet<State>>();
    const inLoops = (state: State): boolean => {
      const { scope } = state;
      let known = looping.get(scope);
      if (!known) looping.set(scope, (known = new Set(machine.flow.cyclesIn(scope).flat())));
      return known.has(state);
    };
    for (const { state, field } of rivals) {
      const names = namesIn(field, machine);
      if (!names || read.has(names[0] ?? '') || !machine.flow.isReachable(state)) continue;
      if (inLoops(state)) continue;
      const member = membersAt(machine.shapes.inputOf(state), names.slice(0, -1)).get(names.at(-1) ?? '');
      if (!member || member.isOptional) continue;
      const path = `$.${names.join('.')}`;
      yield findingOn(
        field,
        state,
        say`The input already has '${path}', and no state has read it. This result takes its place.`,
      );
    }
  },
};

interface Writer {
  readonly state: State;
  readonly field: StringNode;
  isListed: boolean;
}

/** The states that put a result where another of their scope puts one, without reading all of the input. */
function rivalsIn(states: readonly State[]): readonly Writer[] {
  const rivals: Writer[] = [];
  const firstByPath = new Map<string, Writer>();
  let scope: Scope | undefined;
  for (const state of states) {
    if (state.scope !== scope) firstByPath.clear();
    ({ scope } = state);
    const field = state.queryLanguage === 'JSONPath' ? valueOf(state.node, 'ResultPath') : undefined;
    if (field?.kind !== 'string' || field.value.length < 3 || readsWholeInput(state)) continue;
    const first = firstByPath.get(field.value);
    if (!first) firstByPath.set(field.value, { state, field, isListed: false });
    else {
      if (!first.isListed) rivals.push(first);
      first.isListed = true;
      rivals.push({ state, field, isListed: true });
    }
  }
  return rivals;
}

/** `['order', 'total']` for `"ResultPath": "$.order.total"`. */
function namesIn(field: StringNode, { expressions }: MachineAnalysis): readonly string[] | undefined {
  const expression = expressions.siteOf(field)?.expression;
  if (expression?.kind !== 'path' || !expression.path || expression.errors.length > 0) return undefined;
  const names: string[] = [];
  for (const step of expression.path.steps) {
    if (step.kind !== 'child') return undefined;
    names.push(step.name);
  }
  return names.length > 0 ? names : undefined;
}

/** The outermost names that anything reads; every name, where something reads all of the data. */
function namesRead({ expressions, machine }: MachineAnalysis): { has(name: string): boolean } {
  if (machine.states.some(state => state.type === 'Task' && readsWholeInput(state))) return everything;
  const names = new Set<string>();
  for (const site of expressions.all) {
    if (site.grammar === 'jsonata') return everything;
    if (site.field === 'ResultPath' || site.field === 'ResultSelector') continue;
    for (const { origin, steps } of pathsOf(site.expression)) {
      if (origin.kind !== 'document') continue;
      const [first] = steps;
      if (first?.kind !== 'child') return everything;
      names.add(first.name);
    }
  }
  return names;
}

const everything = { has: (): boolean => true };

/** Whether the state's own work gets all of the input, the member included. */
function readsWholeInput({ type, node }: State): boolean {
  const field = type === 'Pass' ? 'Result' : 'InputPath';
  return !propertyOf(node, 'Parameters') && !propertyOf(node, field);
}
