import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { membersAt } from '#core/analysis/shape.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { pathsOf } from '#core/expressions/expression.ts';
import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';

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
    for (const scope of machine.machine.scopes) {
      const writers = scope.states.filter(state => writtenNames(state, machine) !== undefined);
      if (!sharesName(writers, machine)) continue;
      const inLoops = new Set(machine.flow.cyclesIn(scope).flat());
      for (const state of writers) {
        const names = writtenNames(state, machine);
        const field = valueOf(state.node, 'ResultPath');
        if (!names || !field || inLoops.has(state) || readsWholeInput(state)) continue;
        if (!machine.flow.isReachable(state) || isRead(names, scope, machine)) continue;
        const member = membersAt(machine.shapes.inputOf(state), names.slice(0, -1)).get(names.at(-1) ?? '');
        if (!member || member.isOptional) continue;
        const path = `$.${names.join('.')}`;
        yield findingOn(
          field,
          state,
          `The input already has '${path}', and no state has read it. This result takes its place.`,
        );
      }
    }
  },
};

/** `['order', 'total']` for `"ResultPath": "$.order.total"`. */
function writtenNames(state: State, { expressions }: MachineAnalysis): readonly string[] | undefined {
  const node = valueOf(state.node, 'ResultPath');
  if (node?.kind !== 'string') return undefined;
  const expression = expressions.siteOf(node)?.expression;
  if (expression?.kind !== 'path' || !expression.path || expression.errors.length > 0) return undefined;
  const names = namesOf(expression.path);
  return names.length > 0 && names.length === expression.path.steps.length ? names : undefined;
}

function namesOf({ steps }: JsonPath): readonly string[] {
  const names: string[] = [];
  for (const step of steps) {
    if (step.kind !== 'child') break;
    names.push(step.name);
  }
  return names;
}

function sharesName(writers: readonly State[], machine: MachineAnalysis): boolean {
  const seen = new Set<string>();
  for (const state of writers) {
    const path = (writtenNames(state, machine) ?? []).join('.');
    if (seen.has(path)) return true;
    seen.add(path);
  }
  return false;
}

/** Whether the state's own work gets all of the input, the member included. */
function readsWholeInput(state: State): boolean {
  if (state.type === 'Pass')
    return !propertyOf(state.node, 'Result') && !propertyOf(state.node, 'Parameters');
  return !propertyOf(state.node, 'Parameters') && !propertyOf(state.node, 'InputPath');
}

/** Whether a state of the scope, or inside it, reads the member, what is in it, or all around it. */
function isRead(names: readonly string[], scope: Scope, { expressions, machine }: MachineAnalysis): boolean {
  const isInside = (state: State): boolean =>
    state.scope === scope || (state.scope.owner ? isInside(state.scope.owner) : false);
  for (const state of machine.states) {
    if (!isInside(state)) continue;
    if (state.scope === scope && readsWholeInput(state) && state.type === 'Task') return true;
    for (const site of expressions.of(state)) {
      if (site.grammar === 'jsonata') return true;
      if (site.field === 'ResultPath' || site.field === 'ResultSelector') continue;
      if (
        pathsOf(site.expression).some(
          path => path.origin.kind === 'document' && overlaps(namesOf(path), names),
        )
      )
        return true;
    }
  }
  return false;
}

function overlaps(read: readonly string[], written: readonly string[]): boolean {
  const length = Math.min(read.length, written.length);
  return read.slice(0, length).every((name, index) => name === written[index]);
}
