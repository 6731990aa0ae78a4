import { pathsOf } from '#core/expressions/expression.ts';
import type { PathStep } from '#core/expressions/jsonPath/ast.ts';
import { propertyOf } from '#core/syntax/node.ts';
import type { ExpressionSite, ExpressionSites } from './expressionSites.ts';
import type { Flow } from './flow.ts';
import type { Shape } from './shape.ts';
import type { Shapes } from './shapes.ts';

/** A path that certainly finds nothing. */
export interface MissingRead {
  readonly site: ExpressionSite;
  /** `$.order`, up to the step that finds nothing. */
  readonly path: string;
  readonly step: PathStep;
  /** What the step finds nothing in. */
  readonly inside: Shape;
  /** The variable the path starts at, if it does. */
  readonly variable: string | undefined;
}

/** The paths of JSONPath states that lead to members the data cannot have there. */
export function findMissingReads(sites: ExpressionSites, flow: Flow, shapes: Shapes): readonly MissingRead[] {
  const found: MissingRead[] = [];
  for (const site of sites.jsonPath) {
    if (site.isDeferred || site.text === '$' || !flow.isReachable(site.state)) continue;
    const { expression } = site;
    if (expression.errors.length > 0 || isPresenceTest(site)) continue;
    for (const path of pathsOf(expression)) {
      if (path.steps.length === 0) continue;
      const target = shapes.lookupPath(site, path);
      if (target?.kind !== 'missing' || isPresenceTested(site, sites)) continue;
      const { step, inside } = target;
      const variable = path.origin.kind === 'variable' ? path.origin.name : undefined;
      found.push({ site, path: site.text.slice(path.start, step.end), step, inside, variable });
    }
  }
  return found;
}

/** `"Variable": "$.a", "IsPresent": …`. */
function isPresenceTest({ node, location }: ExpressionSite): boolean {
  return location.endsWith('/Variable') && propertyOf(node.parent, 'IsPresent') !== undefined;
}

/** A rule of the same Choice tests for presence first, so the other rules are not asked in vain. */
function isPresenceTested({ state }: ExpressionSite, sites: ExpressionSites): boolean {
  return state.type === 'Choice' && sites.of(state).some(isPresenceTest);
}
