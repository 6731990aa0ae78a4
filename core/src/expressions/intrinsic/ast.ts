import type { ExpressionProblem, JsonPath, Range } from '#core/expressions/jsonPath/ast.ts';
import type { Words } from '#core/text/message.ts';

/**
 * A call such as `States.Format('Hello {}', $.name)`. All offsets are within the text of the expression.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export interface IntrinsicCall extends Range {
  readonly kind: 'call';
  /** As written; it need not be the name of a function. */
  readonly name: string;
  readonly nameRange: Range;
  readonly arguments: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | IntrinsicCall
  | (Range &
      (
        | IntrinsicText
        | { readonly kind: 'number'; readonly value: number }
        | { readonly kind: 'boolean'; readonly value: boolean }
        | { readonly kind: 'null' }
        | { readonly kind: 'path'; readonly path: JsonPath }
      ));

/** `'text'` with its escapes undone. */
export interface IntrinsicText {
  readonly kind: 'string';
  readonly value: string;
  /** The text between the places marked `{}`, of which there is one less than pieces. */
  readonly pieces: readonly string[];
  /** Whether a brace stands neither in `{}` nor behind a backslash, which a template may not have. */
  readonly hasLoneBrace: boolean;
}

export interface IntrinsicProblem extends ExpressionProblem<Words> {
  readonly code: IntrinsicProblemCode;
}

export type IntrinsicProblemCode =
  // from the parser
  | 'badArgument'
  | 'badPath'
  | 'doubleQuotes'
  | 'illegalEscape'
  | 'notACall'
  | 'trailingText'
  | 'unbalancedParenthesis'
  // from the check
  | 'argumentCount'
  | 'argumentType'
  | 'argumentValue'
  | 'loneBrace'
  | 'nesting'
  | 'placeholderCount'
  | 'unknownFunction';
