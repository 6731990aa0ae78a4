import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import { analyze, type Analysis, type Knowledge } from '#core/analysis/analysis.ts';
import type { Format } from '#core/text/source.ts';

/** A document with its markers taken out: `<|>` is a cursor, `<|…|>` a range. */
export interface Marked {
  readonly analysis: Analysis;
  /** The first cursor, or the start of the first range. */
  readonly position: Position;
  readonly positions: readonly Position[];
  readonly ranges: readonly Range[];
}

/** Reads a marked text; a leading line break and the common indentation of the lines are dropped. */
export function marked(text: string, format: Format = 'json', knowledge: Knowledge = {}): Marked {
  const positions: number[] = [];
  const ranges: (readonly [number, number])[] = [];
  let plain = '';
  let open: number | undefined;
  for (const part of dedent(text).split(/(<\|>|<\||\|>)/)) {
    if (part === '<|>') positions.push(plain.length);
    else if (part === '<|') open = plain.length;
    else if (part === '|>' && open !== undefined) {
      ranges.push([open, plain.length]);
      positions.push(open);
      open = undefined;
    } else plain += part;
  }
  const uri = format === 'yaml' ? 'test:///machine.asl.yaml' : 'test:///machine.asl.json';
  const analysis = analyze({ uri, version: 1, format, text: plain }, knowledge);
  const at = (offset: number): Position => analysis.lines.positionAt(offset);
  return {
    analysis,
    position: at(positions[0] ?? 0),
    positions: positions.map(at),
    ranges: ranges.map(([start, end]) => ({ start: at(start), end: at(end) })),
  };
}

function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ ]*$/, '\n')
    .split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, 80);
  return lines.map(line => line.slice(indent)).join('\n');
}

/** The text after the edits, which must not overlap. */
export function applyEdits(analysis: Analysis, edits: readonly TextEdit[]): string {
  const { lines, source } = analysis;
  const inOrder = edits
    .map((edit, index) => ({
      start: lines.offsetAt(edit.range.start),
      end: lines.offsetAt(edit.range.end),
      text: edit.newText,
      index,
    }))
    .sort((a, b) => a.start - b.start || a.index - b.index);
  let result = '';
  let at = 0;
  for (const edit of inOrder) {
    if (edit.start < at) throw new Error('edits overlap');
    result += source.text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + source.text.slice(at);
}
