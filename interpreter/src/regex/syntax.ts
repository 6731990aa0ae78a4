import type { CharacterSet } from './characterSet.ts';

/** JSONPath's patterns are Java's, JSONata's are JavaScript's. */
export type RegexDialect = 'java' | 'javascript';

/** A regular expression as a tree. */
export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'alternatives'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly index: number; readonly node: RegexNode }
  | {
      readonly kind: 'repeat';
      readonly node: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly mode: RepeatMode;
      /** The groups inside: from the first up to before the last. */
      readonly firstGroup: number;
      readonly lastGroup: number;
    }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | {
      readonly kind: 'look';
      readonly node: RegexNode;
      readonly isBehind: boolean;
      readonly isNegative: boolean;
    }
  /** What was found inside is not looked for in another way. */
  | { readonly kind: 'atomic'; readonly node: RegexNode }
  | { readonly kind: 'backreference'; readonly group: number; readonly ignoreCase: boolean };

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

export type Assertion = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'boundary' | 'noBoundary';

export interface ParsedRegex {
  readonly node: RegexNode;
  /** The name of each capture group, from group 1. */
  readonly groupNames: readonly (string | undefined)[];
}
