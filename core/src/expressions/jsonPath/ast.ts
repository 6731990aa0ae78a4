import type { Json } from '#core/json.ts';

/**
 * The syntax tree of a path in the dialect AWS runs (Jayway JsonPath), with what AWS adds in front:
 * `$$` for the context object and `$name` for a variable.
 *
 * All offsets are UTF-16 code units within the text of the expression.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export interface JsonPath extends Range {
  readonly origin: PathOrigin;
  readonly steps: readonly PathStep[];
}

/** A half-open range of the expression's text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a path starts from. */
export type PathOrigin = Range &
  (
    | { readonly kind: 'document' } // `$`: state input or result, whichever the field works on
    | { readonly kind: 'context' } // `$$`
    | { readonly kind: 'variable'; readonly name: string } // `$name`
    | { readonly kind: 'item' } // `@`, in filters
  );

export type PathStep = Range &
  (
    | ({ readonly kind: 'child'; readonly name: string; readonly nameRange: Range } & Quoted)
    /** `['a','b']`: one object with those members. */
    | ({ readonly kind: 'children'; readonly names: readonly PathName[] } & Quoted)
    | { readonly kind: 'index'; readonly index: number }
    /** `[0,2]` */
    | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
    /** `[1:4]`. Jayway reads a third number and ignores it. */
    | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
    | { readonly kind: 'wildcard' }
    /** `..`: this value and all values below it; the step behind it is applied to each. */
    | { readonly kind: 'scan' }
    | { readonly kind: 'filter'; readonly condition: FilterCondition }
    | { readonly kind: 'function'; readonly name: string; readonly arguments: readonly FunctionArgument[] }
  );

/** Jayway's messages keep the double quotes of `["a"]`. */
interface Quoted {
  readonly isDoubleQuoted?: true;
}

export interface PathName extends Range {
  readonly name: string;
}

export type FunctionArgument = Range &
  (
    | { readonly kind: 'path'; readonly path: JsonPath }
    | { readonly kind: 'json'; readonly value: Json }
    /** Jayway drops what is neither a path nor JSON, such as `'text'` in single quotes. */
    | { readonly kind: 'ignored' }
  );

export type FilterCondition = Range &
  (
    | { readonly kind: 'or' | 'and'; readonly operands: readonly FilterCondition[] }
    | { readonly kind: 'not'; readonly operand: FilterCondition }
    | { readonly kind: 'exists'; readonly path: JsonPath; readonly negated: boolean }
    | {
        readonly kind: 'comparison';
        readonly operator: FilterOperator;
        readonly left: FilterOperand;
        readonly right: FilterOperand;
      }
  );

export const filterOperators = [
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '=~',
  'in',
  'nin',
  'contains',
  'all',
  'size',
  'empty',
  'subsetof',
  'anyof',
  'noneof',
  'exists',
  'type',
  'matches',
] as const;

export type FilterOperator = (typeof filterOperators)[number];

export type FilterOperand = Range &
  (
    | { readonly kind: 'path'; readonly path: JsonPath }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'json'; readonly value: Json }
    | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
    /** A word without quotes. AWS stores such a definition; its evaluation fails. */
    | { readonly kind: 'bareword'; readonly text: string }
  );

/** What is wrong with an expression, and where; of a path in the words of AWS's parser. */
export interface ExpressionProblem<Text = string> extends Range {
  readonly message: Text;
}
