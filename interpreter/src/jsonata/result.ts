import type { Json } from '#core/json.ts';
import type { Resource } from './failure.ts';

/** How an evaluation ended. */
export type JsonataResult =
  | { readonly kind: 'value'; readonly value: Json }
  /** The expression is fine and has no value (`undefined`). */
  | { readonly kind: 'nothing' }
  /** The value is a function, which is no data. */
  | { readonly kind: 'function' }
  /** `code` and `message` are those of the `jsonata` package, as in `T1006: Attempted to invoke a non-function`. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** The expression needs more than it may: it does not end, or makes too much; in Step Functions' words. */
  | { readonly kind: 'exhausted'; readonly resource: Resource; readonly message: string };
