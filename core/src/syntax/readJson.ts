import { lineMap } from '#core/text/lineMap.ts';
import { say, type Message } from '#core/text/message.ts';
import type { Offset } from '#core/text/span.ts';
import { parseJson } from './json.ts';
import { walk, type SyntaxNode } from './node.ts';

/** The value of a text, as `JSON.parse` gives it, or the first thing that is wrong with it. */
export type JsonReading =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly problem: JsonProblem };

/** Where a text is no JSON, counted from 1, and why. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: Message;
}

/** Reads JSON that is no definition; the message is ours, since engines name neither line nor way out. */
export function readJson(text: string): JsonReading {
  try {
    return { kind: 'read', value: JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { start, message } = firstProblem(text);
    const { line, character } = lineMap(text).positionAt(start);
    return { kind: 'broken', problem: { line: line + 1, column: character + 1, message } };
  }
}

/** Our own reader goes on where JSON ends: with substitutions, and with nothing at all. */
function firstProblem(text: string): { readonly start: Offset; readonly message: Message } {
  const { root, problems } = parseJson({ text });
  const substitution = root && firstPlaceholder(root);
  const [problem] = problems;
  if (substitution && !(problem && problem.start < substitution.start)) {
    const written = `\${${substitution.name}}`;
    const message = say`Value expected, found ${JSON.stringify(written)}. Strings need double quotes.`;
    return { start: substitution.start, message };
  }
  if (problem?.code === 'comment') return { start: problem.start, message: say`JSON has no comments.` };
  return problem ?? { start: 0, message: say`Value expected.` };
}

/** The place and the reason in one sentence, to stand behind what the text should have been. */
export function placeAndReason({ line, column, message }: JsonProblem): Message {
  return say`Line ${line}, column ${column}: ${message}`;
}

function firstPlaceholder(root: SyntaxNode): (SyntaxNode & { readonly kind: 'placeholder' }) | undefined {
  for (const node of walk(root)) if (node.kind === 'placeholder') return node;
  return undefined;
}
