import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import { pathsOf, type NamedRange } from '#core/expressions/expression.ts';
import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';

export type ContextStep = NamedRange;

/** A path into the Context Object, as far as it goes by names. */
export interface ContextPath {
  readonly site: ExpressionSite;
  readonly steps: readonly ContextStep[];
}

/** Every `$$.…` of JSONPath and `$states.context.…` of JSONata. */
export function* contextPaths({ expressions }: MachineAnalysis): Generator<ContextPath> {
  for (const site of expressions.jsonPath) {
    if (site.isDeferred || !site.text.includes('$$')) continue;
    for (const path of pathsOf(site.expression)) {
      if (path.origin.kind === 'context') yield { site, steps: namedSteps(path) };
    }
  }
  for (const site of expressions.jsonata) {
    if (site.isDeferred || !site.text.includes('context')) continue;
    const { expression } = site;
    if (expression.kind !== 'jsonata' || expression.errors.length > 0) continue;
    for (const { variable, members } of expression.references.paths) {
      const [first, ...steps] = members;
      if (variable.name === 'states' && variable.scope === undefined && first?.name === 'context') {
        yield { site, steps };
      }
    }
  }
}

function namedSteps({ steps }: JsonPath): readonly ContextStep[] {
  const named: ContextStep[] = [];
  for (const step of steps) {
    if (step.kind !== 'child') break;
    named.push({ name: step.name, ...step.nameRange });
  }
  return named;
}
