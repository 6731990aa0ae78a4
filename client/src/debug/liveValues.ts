import {
  debug,
  EvaluatableExpression,
  InlineValueText,
  languages,
  Position,
  Range,
  type Disposable,
  type InlineValue,
  type TextDocument,
} from 'vscode';
import { inlineValuesRequest } from '#protocol/debugHost.ts';
import { uriOf } from './adapter.ts';
import { debugType } from './launching.ts';

/** Definitions of every kind; in files that are none, nothing is found. */
const selector = ['asl', 'asl-yaml', 'stepwise-asl', 'stepwise-asl-yaml', 'json', 'jsonc', 'yaml'].map(
  language => ({
    language,
  }),
);

/** Values beside the fields that have made them, and under the mouse, while the execution has stopped. */
export function liveValues(): Disposable[] {
  return [
    languages.registerEvaluatableExpressionProvider(selector, {
      provideEvaluatableExpression: (document, position) => expressionAt(document, position),
    }),
    languages.registerInlineValuesProvider(selector, {
      provideInlineValues: (document, viewPort, { frameId }) => inlineValues(document, viewPort, frameId),
    }),
  ];
}

/**
 * The variable or path under the mouse, with the members up to it: of `$order.customer.name` it is
 * `$order.customer` when the mouse is on `customer`.
 */
export function expressionAt(document: TextDocument, position: Position): EvaluatableExpression | undefined {
  const { text } = document.lineAt(position.line);
  for (const match of text.matchAll(
    /\$\$?[\p{L}_]?[\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*|\[\d+\]|\['[^']*'\])*/gu,
  )) {
    const start = match.index;
    if (position.character < start || position.character > start + match[0].length) continue;
    const within = match[0].slice(position.character - start).search(/[.[]/);
    const end = within < 0 ? start + match[0].length : position.character + within;
    // A call is a function, not a value; the key of a payload template ends in `.$`.
    if (text[end] === '(' || text[start - 1] === '.' || end === start) return undefined;
    return new EvaluatableExpression(
      new Range(position.line, start, position.line, end),
      text.slice(start, end),
    );
  }
  return undefined;
}

async function inlineValues(
  document: TextDocument,
  viewPort: Range,
  frameId: number,
): Promise<InlineValue[]> {
  const session = debug.activeDebugSession;
  const program: unknown = session?.configuration['program'];
  if (session?.type !== debugType || typeof program !== 'string') return [];
  if (uriOf(program).toString() !== document.uri.toString()) return [];
  const reply: unknown = await session.customRequest(inlineValuesRequest, { frameId });
  const values = (reply as { readonly values?: unknown } | undefined)?.values;
  if (!Array.isArray(values)) return [];
  return values.flatMap((value: unknown) => {
    const { line, column, text } = value as Readonly<Record<string, unknown>>;
    if (typeof line !== 'number' || typeof column !== 'number' || typeof text !== 'string') return [];
    const at = new Position(line - 1, column - 1);
    if (!viewPort.contains(at)) return [];
    const end = document.lineAt(Math.min(at.line, document.lineCount - 1)).range.end;
    return [new InlineValueText(new Range(at, end), text)];
  });
}
