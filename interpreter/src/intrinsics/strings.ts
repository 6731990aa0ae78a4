import { javaText } from '#interpreter/javaText.ts';
import type { IntrinsicImplementation } from './function.ts';

/** The template must have a place for each value, and no other braces that are not escaped. */
export const format: IntrinsicImplementation = ([template, ...values]) => {
  const pieces = typeof template === 'string' ? knownPieces(template) : undefined;
  if (pieces === undefined || pieces.length !== values.length + 1) return undefined;
  let text = pieces[0] ?? '';
  for (let index = 0; index < values.length; index++)
    text += javaText(values[index] ?? null) + (pieces[index + 1] ?? '');
  return text;
};

/** Templates are nearly always written in the definition, and few. */
const piecesByTemplate = new Map<string, readonly string[] | undefined>();

function knownPieces(template: string): readonly string[] | undefined {
  if (piecesByTemplate.has(template)) return piecesByTemplate.get(template);
  const pieces = piecesOf(template);
  if (piecesByTemplate.size > 500) piecesByTemplate.clear();
  if (template.length < 1000) piecesByTemplate.set(template, pieces);
  return pieces;
}

/** The text between the places marked `{}`; `undefined` if a brace stands alone. */
function piecesOf(template: string): readonly string[] | undefined {
  const pieces = [''];
  for (const [token] of template.matchAll(/\{\}|\\[\\{}']|[^]/g)) {
    if (token === '{}') pieces.push('');
    else if (token === '{' || token === '}') return undefined;
    else pieces[pieces.length - 1] += token.length === 2 && token.startsWith('\\') ? token.slice(1) : token;
  }
  return pieces;
}

/** Each character of the second text separates; empty pieces are left out. */
export const stringSplit: IntrinsicImplementation = ([text, separators]) => {
  if (typeof text !== 'string' || typeof separators !== 'string') return undefined;
  const isSeparator = new Set(separators);
  const pieces: string[] = [];
  let piece = '';
  for (const char of text) {
    if (!isSeparator.has(char)) {
      piece += char;
      continue;
    }
    if (piece !== '') pieces.push(piece);
    piece = '';
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
};
