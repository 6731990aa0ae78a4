/** Where JSONata stands in a string of a state machine. */
export type Embedded =
  /** A string that is never evaluated. */
  | { readonly kind: 'text' }
  /** `{% … %}`; `start` and `end` bound the expression without its delimiters and outer blanks. */
  | { readonly kind: 'expression'; readonly start: number; readonly end: number }
  /** One of the two delimiters is missing, or something stands outside them. */
  | { readonly kind: 'unbalanced'; readonly missing: 'opening' | 'closing' };

/**
 * Tells whether a string is a JSONata expression: it starts with `{%` and ends with `%}`, exactly.
 *
 * Blanks inside the delimiters are not needed: `{%$x%}` is one. A string that has only one of the
 * delimiters in its place is refused by AWS.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function embeddedJsonata(value: string): Embedded {
  const opens = value.startsWith('{%');
  const closes = value.endsWith('%}') && value.length >= 4;
  if (opens && closes) return expressionIn(value);
  if (opens) return { kind: 'unbalanced', missing: 'closing' };
  return closes ? { kind: 'unbalanced', missing: 'opening' } : text;
}

const text: Embedded = { kind: 'text' };

function expressionIn(value: string): Embedded {
  let start = 2;
  let end = value.length - 2;
  while (start < end && isBlank(value.charCodeAt(start))) start++;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end--;
  return { kind: 'expression', start, end };
}

function isBlank(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}
