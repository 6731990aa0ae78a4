import type { StringStyle } from './node.ts';

/** Where a string is written: some characters mean more inside of YAML's `[…]` and `{…}`. */
export interface QuoteContext {
  readonly inFlow: boolean;
}

/**
 * Writes a string in the style of the one it replaces or stands beside, or in the nearest style that can
 * hold it: `yes` becomes `'yes'` where plain text would be read as a boolean, and a line break needs
 * double quotes.
 */
export function quote(value: string, style: StringStyle, context: QuoteContext = { inFlow: false }): string {
  switch (style) {
    case 'json':
    case 'double':
      return JSON.stringify(value);
    case 'single':
      return canBeSingleQuoted(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
    case 'plain':
    case 'literal':
    case 'folded':
      if (canBePlain(value, context)) return value;
      // Doubled quotes are hard to read, above all in expressions.
      return quote(value, value.includes("'") ? 'double' : 'single', context);
  }
}

/**
 * Writes a string as YAML, in the plainest style that can hold it: text of several lines as a block, whose lines are
 * indented as given.
 */
export function quoteLines(value: string, indentation: string): string {
  if (!value.includes('\n')) return quote(value, 'plain');
  const body = value.replace(/\n$/, '');
  const canBeBlock =
    body.includes('\n') &&
    !body.endsWith('\n') &&
    !/^\s|[ \t](?:\n|$)/.test(body) &&
    // oxlint-disable-next-line no-control-regex -- these cannot stand in a block
    !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(body);
  if (!canBeBlock) return quote(value, 'plain');
  const lines = body.split('\n').map(line => (line === '' ? '' : indentation + line));
  return `${body === value ? '|-' : '|'}\n${lines.join('\n')}`;
}

/**
 * Whether YAML reads the bare text as this very string. Words that only YAML 1.1 takes for something else
 * (`yes`, `on`, `0o7`, dates) are refused too: other tools read the same file.
 */
export function canBePlain(value: string, { inFlow }: QuoteContext): boolean {
  // Most names and values are paths, ARNs, or words with single blanks between them.
  if (/^[A-Za-z$/][\w.$/-]*(?:(?: |:+)[\w.$/-]+)*$/.test(value)) return !isTypedWord(value);
  if (value === '' || value !== value.trim()) return false;
  if (hasControl(value) || value.includes('\n')) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(value) && !/^[-?:][^\s,[\]{}]/.test(value)) return false;
  if (/^(?:---|\.\.\.)(?:\s|$)/.test(value)) return false;
  if (/:(?:\s|$)|\s#/.test(value)) return false;
  if (inFlow && /[,[\]{}]/.test(value)) return false;
  return !isTypedScalar(value);
}

function canBeSingleQuoted(value: string): boolean {
  return !hasControl(value) && !/[\n\r\u0085\u2028\u2029]/.test(value);
}

function hasControl(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are what it looks for
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]|\t/.test(value);
}

function isTypedWord(value: string): boolean {
  return value.length <= 5 && /^(?:~|null|true|false|yes|no|on|off|y|n)$/i.test(value);
}

function isTypedScalar(value: string): boolean {
  return (
    isTypedWord(value) ||
    /^[-+]?(?:\.?\d[\d_]*)(?:[\d_.:]*)(?:e[-+]?\d+)?$/i.test(value) ||
    /^[-+]?0[xob][\da-f_]+$/i.test(value) ||
    /^[-+]?\.(?:inf|nan)$/i.test(value) ||
    /^\d{4}-\d{1,2}-\d{1,2}/.test(value) ||
    /^(?:<<|=)$/.test(value)
  );
}
