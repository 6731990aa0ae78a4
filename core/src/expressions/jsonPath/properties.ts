import { say, type Message } from '#core/text/message.ts';
import { unreachable } from '#core/unreachable.ts';
import type { ExpressionProblem, JsonPath, PathStep } from './ast.ts';

/**
 * Whether the path gives one value (or fails) rather than an array of all matches.
 *
 * `['a','b']` at the end counts as definite: it gives one object. A function at the end of `$..x` is
 * applied to the array of matches, so it gives one value too.
 */
export function isDefinite(path: JsonPath): boolean {
  if (isFunctionOfScan(path)) return true;
  return path.steps.every((step, index) => isDefiniteStep(step, index === path.steps.length - 1));
}

/** `$..x.length()`: Jayway turns this round into a function of all that `$..x` finds. */
export function isFunctionOfScan(path: JsonPath): boolean {
  return path.steps[0]?.kind === 'scan' && path.steps.at(-1)?.kind === 'function';
}

function isDefiniteStep(step: PathStep, isLast: boolean): boolean {
  switch (step.kind) {
    case 'child':
    case 'index':
    case 'function':
      return true;
    case 'children':
      return isLast;
    case 'indexes':
    case 'slice':
    case 'wildcard':
    case 'scan':
    case 'filter':
      return false;
    default:
      return unreachable(step);
  }
}

/** Whether the path names one place: nothing but names and single indexes. */
export function isReferencePath(path: JsonPath): boolean {
  return referencePathProblem(path) === undefined;
}

/**
 * Why the path is not a Reference Path, at the first step that may not be in one.
 *
 * @see https://states-language.net/spec.html#ref-paths
 */
export function referencePathProblem(path: JsonPath): ExpressionProblem<Message> | undefined {
  for (const step of path.steps) {
    const found = notInReferencePath(step);
    if (found !== undefined) {
      return {
        message: say`A Reference Path names one place, so it cannot have ${found}.`,
        start: step.start,
        end: step.end,
      };
    }
  }
  return undefined;
}

function notInReferencePath(step: PathStep): Message | undefined {
  switch (step.kind) {
    case 'child':
    case 'index':
      return undefined;
    case 'children':
      return say`several names in one bracket`;
    case 'indexes':
      return say`several indexes in one bracket`;
    case 'slice':
      return say`a slice`;
    case 'wildcard':
      return say`the wildcard '*'`;
    case 'scan':
      return say`the deep scan '..'`;
    case 'filter':
      return say`a filter '?(…)'`;
    case 'function':
      return say`the function '${step.name}()'`;
    default:
      return unreachable(step);
  }
}
