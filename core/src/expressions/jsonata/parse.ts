import type { Words } from '#core/text/message.ts';
import type { JsonataNode } from './ast.ts';
import { buildAst } from './buildAst.ts';
import { parseSyntax, type GrammarError } from './grammar.ts';
import { jsonataMessage } from './messages.ts';

/** Something the text says wrong; offsets are UTF-16 code units into the expression, half open. */
export interface JsonataError {
  /** As in the `jsonata` package; `S0220` (nested too deep) and `S0303` (bad regular expression) are ours. */
  readonly code: string;
  readonly message: Words;
  readonly start: number;
  readonly end: number;
}

export interface ParsedJsonata {
  /** Absent for text without any token; where there are errors, what could be understood. */
  readonly ast: JsonataNode | undefined;
  readonly errors: readonly JsonataError[];
}

/**
 * Parses the text between `{%` and `%}` as JSONata 2.0, the language Step Functions runs.
 *
 * Total: any text gives an answer, in time linear in its length and with bounded nesting. What
 * JSONata 2.1 added (`a ?? b`, `a ?: b`) is an error that says so. Errors are worded as the
 * `jsonata` package words them.
 *
 * @see https://docs.jsonata.org/overview
 */
export function parseJsonata(text: string): ParsedJsonata {
  const errors: JsonataError[] = [];
  const report = (error: GrammarError): void => {
    const { code, start, end } = error;
    errors.push({ code, message: error.message ?? jsonataMessage(code, error), start, end });
  };
  const syntax = parseSyntax(text, report);
  // Errors of the second pass would only repeat, in other words, that the text is broken.
  const ast = buildAst(syntax, errors.length === 0 ? report : () => undefined);
  return { ast: ast.kind === 'error' && ast.parts.length === 0 ? undefined : ast, errors };
}
