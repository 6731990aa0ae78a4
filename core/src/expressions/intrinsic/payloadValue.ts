import type { ExpressionProblem, JsonPath } from '#core/expressions/jsonPath/ast.ts';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import type { IntrinsicCall, IntrinsicProblem } from './ast.ts';
import { parseIntrinsic } from './parse.ts';

/**
 * What the value of a key that ends in `.$` says: a path (into the input, the context object or a
 * variable, see `path.origin`) or an intrinsic function.
 */
export type PayloadValue =
  | {
      readonly kind: 'path';
      readonly path: JsonPath | undefined;
      readonly errors: readonly ExpressionProblem[];
    }
  | {
      readonly kind: 'intrinsic';
      readonly call: IntrinsicCall | undefined;
      readonly errors: readonly IntrinsicProblem[];
    };

/**
 * Reads the value of a key that ends in `.$`: what starts with `$` is a path, all else an intrinsic
 * function.
 *
 * @see https://states-language.net/spec.html#payload-template
 */
export function parsePayloadValue(text: string): PayloadValue {
  if (isPath(text)) return { kind: 'path', ...parseJsonPath(text) };
  return { kind: 'intrinsic', ...parseIntrinsic(text) };
}

/** The same decision without reading the expression. */
export function payloadValueKind(text: string): 'contextPath' | 'path' | 'variable' | 'intrinsic' {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('$')) return 'intrinsic';
  if (trimmed.startsWith('$$')) return 'contextPath';
  return /^\$[\p{ID_Start}_]/u.test(trimmed) ? 'variable' : 'path';
}

/** The suffix of keys whose values are evaluated. */
export const payloadSuffix = '.$';

function isPath(text: string): boolean {
  return text.trimStart().startsWith('$');
}
