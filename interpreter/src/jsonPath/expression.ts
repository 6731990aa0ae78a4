import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import { isDefinite } from '#core/expressions/jsonPath/properties.ts';
import type { Json } from '#core/json.ts';
import type { Bindings } from '#interpreter/expression.ts';
import { compilePath } from './compile.ts';
import { PathFailure, leadsNowhere } from './pathFailure.ts';

/** A path as an expression: what it starts from (`$`, `$$`, a variable) is taken from what is bound. */
export type PathExpression = (bound: Bindings) => Json | PathFailure;

/**
 * Compiles a path as AWS evaluates it, which is as Jayway does but for one thing: a path that can find
 * many values gives `[]` even where a name before its first wildcard, slice or filter is missing.
 * (Recorded for `$.item.items[1:5]` and the input `{}`.)
 */
export function compilePathExpression(path: JsonPath): PathExpression {
  const evaluate = compileAsAws(path);
  const { origin } = path;
  switch (origin.kind) {
    case 'document':
    case 'item':
      return path.steps.length === 0 ? bound => bound.input : bound => evaluate(bound.input);
    case 'context':
      return bound => evaluate(bound.context());
    case 'variable': {
      const { name } = origin;
      const failure = new PathFailure('notFound', `The variable '$${name}' has no value`);
      return bound => {
        const value = Object.hasOwn(bound.variables, name) ? bound.variables[name] : undefined;
        return value === undefined ? failure : evaluate(value);
      };
    }
  }
}

function compileAsAws(path: JsonPath): (root: Json) => Json | PathFailure {
  const evaluate = compilePath(path);
  if (isDefinite(path)) return evaluate;
  return root => {
    const value = evaluate(root);
    return value instanceof PathFailure && leadsNowhere(value) ? [] : value;
  };
}
