import type { Flow } from '#core/analysis/flow.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import type { Variable } from '#core/analysis/variables.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';

/** A variable of an outer scope that is assigned inside a Map or Parallel. */
export const assignOuterScope: Rule = {
  code: 'variable/assign-outer-scope',
  variants: ['variable/assign-outer-scope-in-map', 'variable/assign-outer-scope-in-parallel'],
  severity: 'error',
  summary: 'A state inside a Map or Parallel assigns a variable of the states around it.',
  explanation:
    'Iterations and branches can read outer variables, but not set them, and no name may be used in both. Return the value in the output, or choose another name.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#variable-scope',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Next":"P"},"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x":2},"End":true}}}]}}}',
  *check(machine) {
    const { variables } = machine;
    if (machine.machine.scopes.length === 1 || variables.all.length < 2) return;
    const byScope = new Map<Scope, Map<string, Variable>>();
    for (const variable of variables.all) {
      const known = byScope.get(variable.scope);
      if (known) known.set(variable.name, variable);
      else byScope.set(variable.scope, new Map([[variable.name, variable]]));
    }
    for (const variable of variables.all) {
      const outer = outerNamesake(variable, byScope, machine.flow);
      if (!outer) continue;
      const owner = variable.scope.owner;
      const around = owner?.type === 'Map' ? 'map' : 'parallel';
      const [first] = outer.assignments;
      for (const assignment of variable.assignments) {
        yield {
          ...findingOn(
            assignment,
            assignment.state,
            say`'${variable.name}' is a variable of the states around '${owner?.name ?? ''}', which cannot be set in here. Choose another name, or return the value in the output.`,
          ),
          code: `variable/assign-outer-scope-in-${around}`,
          ...(first && {
            related: [
              { start: first.start, end: first.end, message: say`'${first.state.name}' assigns it outside.` },
            ],
          }),
        };
      }
    }
  },
};

/**
 * The variable of that name around it, if it may have a value when the Map or Parallel begins: AWS accepts a name
 * that only the Catcher or the states behind it assign. Child executions of a distributed Map share no variables.
 */
function outerNamesake(
  variable: Variable,
  byScope: ReadonlyMap<Scope, ReadonlyMap<string, Variable>>,
  flow: Flow,
): Variable | undefined {
  let { owner } = variable.scope;
  while (owner && !(owner.type === 'Map' && owner.isDistributed)) {
    const mapOrParallel = owner;
    const outer = byScope.get(owner.scope)?.get(variable.name);
    if (outer?.assignments.some(({ state }) => leadsTo(state, mapOrParallel, flow)) === true) return outer;
    owner = owner.scope.owner;
  }
  return undefined;
}

/** Whether an execution can come to the second state after it has left the first. */
function leadsTo(from: State, to: State, flow: Flow): boolean {
  const met = new Set<State>();
  const open = [from];
  for (let state = open.pop(); state; state = open.pop()) {
    for (const { to: next } of flow.successors(state)) {
      if (next === to) return true;
      if (!next || met.has(next)) continue;
      met.add(next);
      open.push(next);
    }
  }
  return false;
}
