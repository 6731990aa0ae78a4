import type { Json } from '#core/json.ts';
import type { Comparison } from '#core/language/comparisons.ts';
import { type Failure, runtimeFailure } from './statesError.ts';
import { compareMoments, parseTimestamp } from './timestamp.ts';

/** Whether a value stands in the relation to the operand. Values of other types never do. */
export type Test = (value: Json, operand: Json) => boolean | Failure;

/**
 * One of the comparison operators of a Choice Rule.
 *
 * Strings are compared by UTF-16 code unit, timestamps as moments, whatever their offset.
 */
export function comparisonOf(comparison: Comparison): Test {
  if (comparison.test) return typeTest(comparison.test);
  if (comparison.relation === 'Matches') return stringMatches;
  const holds = holding(comparison.relation);
  switch (comparison.operand) {
    case 'string':
      return (value, operand) =>
        typeof value === 'string' &&
        typeof operand === 'string' &&
        holds(value < operand ? -1 : value > operand ? 1 : 0);
    case 'number':
      return (value, operand) =>
        typeof value === 'number' && typeof operand === 'number' && holds(value - operand);
    case 'boolean':
      return (value, operand) => typeof value === 'boolean' && value === operand;
    case 'timestamp':
      return (value, operand) => {
        if (typeof value !== 'string' || typeof operand !== 'string') return false;
        const a = parseTimestamp(value);
        const b = parseTimestamp(operand);
        return a !== undefined && b !== undefined && holds(compareMoments(a, b));
      };
  }
}

function holding(relation: Comparison['relation']): (difference: number) => boolean {
  switch (relation) {
    case 'LessThan':
      return difference => difference < 0;
    case 'LessThanEquals':
      return difference => difference <= 0;
    case 'GreaterThan':
      return difference => difference > 0;
    case 'GreaterThanEquals':
      return difference => difference >= 0;
    case 'Equals':
    case 'Matches':
    case 'Is':
      return difference => difference === 0;
  }
}

function typeTest(test: NonNullable<Comparison['test']>): Test {
  const is = (value: Json): boolean => {
    switch (test) {
      case 'Null':
        return value === null;
      case 'Present':
        return true;
      case 'Numeric':
        return typeof value === 'number';
      case 'String':
        return typeof value === 'string';
      case 'Boolean':
        return typeof value === 'boolean';
      case 'Timestamp':
        return typeof value === 'string' && parseTimestamp(value) !== undefined;
    }
  };
  return (value, operand) => is(value) === operand;
}

const patterns = new Map<string, readonly string[] | undefined>();

/** `*` stands for any text, `\*` for an asterisk and `\\` for a backslash. */
function stringMatches(value: Json, operand: Json): boolean | Failure {
  if (typeof value !== 'string' || typeof operand !== 'string') return false;
  if (!patterns.has(operand)) patterns.set(operand, piecesOf(operand));
  const pieces = patterns.get(operand);
  return pieces
    ? matchesPieces(value, pieces)
    : runtimeFailure(`The pattern '${operand}' ends in an open backslash`);
}

/** The texts between the asterisks. */
function piecesOf(pattern: string): readonly string[] | undefined {
  const pieces: string[] = [];
  let piece = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '*') {
      pieces.push(piece);
      piece = '';
    } else if (char === '\\') {
      i++;
      if (i >= pattern.length) return undefined;
      piece += pattern.charAt(i);
    } else {
      piece += char;
    }
  }
  return [...pieces, piece];
}

function matchesPieces(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const place = text.indexOf(piece, from);
    if (place < 0) return false;
    from = place + piece.length;
  }
  return from <= text.length - last.length;
}
