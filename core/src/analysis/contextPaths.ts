import { pathsOf, type Expression, type NamedRange } from '#core/expressions/expression.ts';
import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import type { ExpressionSite } from './expressionSites.ts';

/** A path into the Context Object, as far as it goes by names. */
export interface ContextPath {
  readonly site: ExpressionSite;
  readonly steps: readonly NamedRange[];
}

/** Every `$$.…` of JSONPath and `$states.context.…` of JSONata that is not decided at deployment. */
export function* contextPathsIn(sites: readonly ExpressionSite[]): Generator<ContextPath> {
  for (const site of sites) {
    if (site.isDeferred || !site.text.includes(site.grammar === 'jsonata' ? 'context' : '$$')) continue;
    for (const steps of contextSteps(site.expression)) yield { site, steps };
  }
}

function* contextSteps(expression: Expression): Generator<readonly NamedRange[]> {
  if (expression.kind !== 'jsonata') {
    for (const path of pathsOf(expression)) if (path.origin.kind === 'context') yield namedSteps(path);
  } else if (expression.errors.length === 0) {
    for (const { variable, members } of expression.references.paths) {
      const [first, ...steps] = members;
      if (variable.name === 'states' && variable.scope === undefined && first?.name === 'context')
        yield steps;
    }
  }
}

function namedSteps({ steps }: JsonPath): readonly NamedRange[] {
  const named: NamedRange[] = [];
  for (const step of steps) {
    if (step.kind !== 'child') break;
    named.push({ name: step.name, ...step.nameRange });
  }
  return named;
}
