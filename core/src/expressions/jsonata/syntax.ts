import type { BinaryOperator, StepVariable } from './ast.ts';
import type { Signature } from './signature.ts';

/** The tree as written, before paths are flattened; `buildAst` makes the final tree of it. */
export type Syntax = SyntaxBase &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'constant'; readonly value: boolean | null }
    | { readonly kind: 'regex'; readonly pattern: string; readonly flags: string }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'wildcard' | 'descendant' | 'parent' | 'openArgument' }
    | { readonly kind: 'map'; readonly lhs: Syntax; readonly rhs: Syntax }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly lhs: Syntax;
        readonly rhs: Syntax;
      }
    | { readonly kind: 'apply'; readonly lhs: Syntax; readonly rhs: Syntax }
    | { readonly kind: 'filter'; readonly lhs: Syntax; readonly condition: Syntax; readonly bracket: number }
    | {
        readonly kind: 'group';
        readonly lhs: Syntax;
        readonly pairs: readonly SyntaxPair[];
        readonly brace: number;
      }
    | {
        readonly kind: 'sort';
        readonly lhs: Syntax;
        readonly terms: readonly SyntaxTerm[];
        readonly caret: number;
      }
    | { readonly kind: 'bind'; readonly variable: Syntax; readonly value: Syntax }
    | {
        readonly kind: 'focus' | 'index';
        readonly lhs: Syntax;
        readonly variable: StepVariable;
        readonly sign: number;
      }
    | { readonly kind: 'negate'; readonly operand: Syntax }
    | { readonly kind: 'array'; readonly items: readonly Syntax[] }
    | { readonly kind: 'object'; readonly pairs: readonly SyntaxPair[] }
    | { readonly kind: 'call'; readonly procedure: Syntax; readonly arguments: readonly Syntax[] }
    | {
        readonly kind: 'lambda';
        readonly parameters: readonly Syntax[];
        readonly signature: Signature | undefined;
        readonly body: Syntax;
      }
    | {
        readonly kind: 'condition';
        readonly condition: Syntax;
        readonly whenTrue: Syntax;
        readonly whenFalse: Syntax | undefined;
      }
    | {
        readonly kind: 'transform';
        readonly pattern: Syntax;
        readonly update: Syntax;
        readonly delete: Syntax | undefined;
      }
    | { readonly kind: 'block'; readonly expressions: readonly Syntax[] }
    | { readonly kind: 'error'; readonly parts: readonly Syntax[] }
  );

interface SyntaxBase {
  readonly start: number;
  readonly end: number;
  /** How deep a walk over this tree goes; long chains of operators are walked in a loop and count once. */
  readonly height: number;
  /** Set when `[]` follows. */
  keepArray: boolean;
}

export interface SyntaxPair {
  readonly key: Syntax;
  readonly value: Syntax;
}

export interface SyntaxTerm {
  readonly descending: boolean;
  readonly expression: Syntax;
}
