import type { Position, Range } from './lsp.ts';

/** What the server leaves with a code action, to find it again when its edit is asked for. */
export interface CodeActionData {
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
}

/** The data as the editor gives it back; nothing where it is not ours. */
export function readCodeActionData(value: unknown): CodeActionData | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, version, range } = value as Partial<Record<keyof CodeActionData, unknown>>;
  return typeof uri === 'string' && typeof version === 'number' && isRange(range)
    ? { uri, version, range }
    : undefined;
}

function isRange(value: unknown): value is Range {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end } = value as Partial<Record<keyof Range, unknown>>;
  return isPosition(start) && isPosition(end);
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const { line, character } = value as Partial<Record<keyof Position, unknown>>;
  return typeof line === 'number' && typeof character === 'number';
}
