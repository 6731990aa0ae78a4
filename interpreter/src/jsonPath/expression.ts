import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import type { Json } from '#core/json.ts';
import type { Bindings } from '#interpreter/expression.ts';
import { compilePath } from './compile.ts';
import { PathFailure } from './pathFailure.ts';

/** A path as an expression: what it starts from (`$`, `$$`, a variable) is taken from what is bound. */
export type PathExpression = (bound: Bindings) => Json | PathFailure;

export function compilePathExpression(path: JsonPath): PathExpression {
  const evaluate = compilePath(path);
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
