import type { Offset } from '#core/text/span.ts';
import type { StringNode, StringStyle } from './node.ts';

/** Which code unit of a string's value the file offset lies in; `offsetOf` never decreases. */
export function indexOfOffset(node: Pick<StringNode, 'value' | 'offsetOf'>, offset: Offset): number {
  let low = 0;
  let high = node.value.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (node.offsetOf(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A YAML scalar as it stands in the text, from its first character (quote or block header included). */
export interface ScalarText {
  readonly text: string;
  readonly start: Offset;
  readonly end: Offset;
  readonly style: Exclude<StringStyle, 'json'>;
  readonly value: string;
}

/** The file offset of each code unit of a YAML scalar's value, and of its end: value.length + 1 numbers. */
export function scalarOffsets(scalar: ScalarText): readonly Offset[] {
  const isBlock = scalar.style === 'literal' || scalar.style === 'folded';
  const offsets = isBlock ? blockOffsets(scalar) : flowOffsets(scalar);
  const last = offsets.at(-1) ?? scalar.start;
  while (offsets.length <= scalar.value.length) offsets.push(last);
  return offsets;
}

/** Plain and quoted scalars: line breaks fold, quotes and backslashes escape. */
function flowOffsets({ text, start, end, style, value }: ScalarText): Offset[] {
  const offsets: Offset[] = [];
  const quoted = style !== 'plain';
  const stop = quoted && end > start + 1 ? end - 1 : end;
  let at = quoted ? start + 1 : start;
  while (at < stop && offsets.length < value.length) {
    const fold = foldAt(text, at, stop);
    if (fold) {
      const produced = fold.breaks > 1 ? fold.breaks - 1 : 1;
      for (let i = 0; i < produced; i++) offsets.push(at);
      at = fold.end;
      continue;
    }
    if (style === 'double' && text.charAt(at) === '\\') {
      const escape = escapeAt(text, at);
      for (let i = 0; i < escape.units; i++) offsets.push(at);
      at = escape.end;
      continue;
    }
    offsets.push(at);
    at += style === 'single' && text.startsWith("''", at) ? 2 : 1;
  }
  offsets.push(Math.min(at, stop));
  return offsets;
}

/** Blanks, line breaks and indentation that YAML reads as one space or as fewer line breaks. */
function foldAt(
  text: string,
  at: Offset,
  stop: Offset,
): { readonly end: Offset; readonly breaks: number } | undefined {
  let end = at;
  while (end < stop && (text.charAt(end) === ' ' || text.charAt(end) === '\t')) end++;
  if (end >= stop || (text.charAt(end) !== '\n' && text.charAt(end) !== '\r')) return undefined;
  let breaks = 0;
  while (end < stop && /\s/.test(text.charAt(end))) {
    if (text.charAt(end) === '\n') breaks++;
    end++;
  }
  return { end, breaks };
}

function escapeAt(text: string, at: Offset): { readonly end: Offset; readonly units: number } {
  const kind = text.charAt(at + 1);
  if (kind === '\n' || kind === '\r') {
    let end = at + 1;
    while (/\s/.test(text.charAt(end))) end++;
    return { end, units: 0 };
  }
  const digits = kind === 'x' ? 2 : kind === 'u' ? 4 : kind === 'U' ? 8 : 0;
  const isAstral = digits === 8 && Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff;
  return { end: at + 2 + digits, units: isAstral ? 2 : 1 };
}

/** Block scalars: each line loses the common indentation; folding joins lines. */
function blockOffsets({ text, start, end, value }: ScalarText): Offset[] {
  const offsets: Offset[] = [];
  const header = text.indexOf('\n', start);
  if (header < 0 || header >= end) return [start];
  const indent = blockIndent(text, start, header, end);
  let at = header + 1;
  while (at < end && offsets.length < value.length) {
    const lineEnd = lineEndAt(text, at, end);
    const content = text.slice(Math.min(at + indent, lineEnd), lineEnd).replace(/\r$/, '');
    if (content === '' && lineEnd < end) {
      at = lineEnd + 1;
      continue;
    }
    // The blanks or line breaks that stand for the end of the former lines.
    while (
      offsets.length < value.length &&
      !value.startsWith(content, offsets.length) &&
      /\s/.test(value.charAt(offsets.length))
    ) {
      offsets.push(Math.max(at - 1, start));
    }
    for (let i = 0; i < content.length && offsets.length < value.length; i++) offsets.push(at + indent + i);
    at = lineEnd + 1;
  }
  offsets.push(Math.min(at, end));
  return offsets;
}

function lineEndAt(text: string, at: Offset, end: Offset): Offset {
  const lineEnd = text.indexOf('\n', at);
  return lineEnd < 0 || lineEnd > end ? end : lineEnd;
}

function blockIndent(text: string, start: Offset, header: Offset, end: Offset): number {
  let at = header + 1;
  let least = Number.POSITIVE_INFINITY;
  const explicit = /[1-9]/.test(text.slice(start, header).replace(/#.*/, ''));
  while (at < end) {
    const lineEnd = lineEndAt(text, at, end);
    const line = text.slice(at, lineEnd);
    if (line.trim() !== '') {
      const indent = line.length - line.trimStart().length;
      if (!explicit) return indent;
      least = Math.min(least, indent);
    }
    at = lineEnd + 1;
  }
  return Number.isFinite(least) ? least : 0;
}
