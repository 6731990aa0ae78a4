import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import type { PropertyNode } from '#core/syntax/node.ts';
import { quote } from '#core/syntax/quote.ts';
import { contains, type Offset, type Span } from '#core/text/span.ts';
import type { Format } from '#core/text/source.ts';
import { endOfText, hasBrackets, indentationAt, type Edit } from '#service/edits.ts';
import { inlineJsonText, jsonText, yamlAfterColon, yamlText, type Indentation } from '#service/write.ts';
import { formatOf } from '#service/writing.ts';

/** A state as it is written, with the comments that belong to it, free of the place it stands in. */
export interface StateText {
  /** Comments on lines of their own above it. */
  readonly above: readonly string[];
  /** Name and definition; inner lines are indented relative to the name. */
  readonly text: string;
  /** A comment behind it on its last line, or nothing. */
  readonly behind: string;
  /** A blank line stands before it. */
  readonly isApart: boolean;
}

/** What stands around moved states: JSON in which some `States` are given by their texts. */
export type Frame = Json | StatesFrame | FrameObject | readonly Frame[];

export interface FrameObject {
  readonly [name: string]: Frame;
}

export class StatesFrame {
  readonly states: readonly StateText[];

  constructor(states: readonly StateText[]) {
    this.states = states;
  }
}

/** How the text around is laid out: one thing a line, or everything in one. */
export interface Layout {
  readonly format: Format;
  readonly isInline: boolean;
  readonly indentation: Indentation;
}

/** How the states beside this one are laid out. */
export function layoutAt(machine: MachineAnalysis, property: PropertyNode): Layout {
  const { text } = machine.analysis.source;
  const indentation = indentationAt(machine, property);
  const isFlow = hasBrackets(machine, property.parent);
  const isInline = isFlow && text.slice(lineStartOf(text, property.start), property.start).trim() !== '';
  return { format: isFlow ? 'json' : formatOf(machine), isInline, indentation };
}

/** The text of a state after edits inside of it, of which those elsewhere are ignored. */
export function stateText(
  machine: MachineAnalysis,
  property: PropertyNode,
  edits: readonly Edit[] = [],
): StateText {
  const { text } = machine.analysis.source;
  const span = spanOf(machine, property);
  const lineStart = lineStartOf(text, property.start);
  const before = text.slice(lineStart, property.start);
  const blanks = before.trim() === '' ? before : (/^[ \t]*/.exec(before)?.[0] ?? '');
  const raw = edited(text, span, edits);
  const above = commentsAbove(machine, property);
  const firstLine = above[0]?.start ?? property.start;
  return {
    above: above.map(comment => text.slice(comment.start, comment.end).trimEnd()),
    text: dedented(raw, blanks),
    behind: commentBehind(machine, property)?.text ?? '',
    isApart: /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(Math.max(0, firstLine - 200), firstLine)),
  };
}

/** The state with its comments, without the comma behind it unless a comment follows that. */
export function spanWithComments(machine: MachineAnalysis, property: PropertyNode): Span {
  const span = spanOf(machine, property);
  return {
    start: commentsAbove(machine, property)[0]?.start ?? span.start,
    end: commentBehind(machine, property)?.end ?? span.end,
  };
}

/** Writes states one after the other; the first line stands where it is put. */
export function writeStates(
  states: readonly StateText[],
  { format, isInline, indentation: { current } }: Layout,
  lastComma: string = '',
): string {
  const separator = format === 'json' ? ',' : '';
  const written = states.map(({ above, text, behind, isApart }, index) => {
    const comma = index === states.length - 1 ? lastComma : separator;
    if (isInline) return [...above, text + comma, behind].filter(part => part !== '').join(' ');
    const lines = [...above, text + comma + (behind && ` ${behind}`)].join('\n');
    return isApart && index > 0 ? `\n${lines}` : lines;
  });
  return isInline ? written.join(' ') : indented(written.join('\n'), current);
}

/** Writes a state around moved ones. */
export function frameText(name: string, frame: Frame, layout: Layout): StateText {
  const flush = { ...layout, indentation: { ...layout.indentation, current: '' } };
  return { above: [], text: writeMember(name, frame, flush), behind: '', isApart: false };
}

/** Writes a whole file around moved states. */
export function fileText(frame: FrameObject, format: Format, unit: string): string {
  return `${writeFrame(frame, { format, isInline: false, indentation: { current: '', unit } })}\n`;
}

function writeMember(name: string, frame: Frame, layout: Layout): string {
  const { format, isInline, indentation } = layout;
  if (format === 'json') return `${JSON.stringify(name)}: ${writeFrame(frame, layout)}`;
  const key = quote(name, 'plain');
  if (isJson(frame)) return `${key}:${yamlAfterColon(frame, indentation)}`;
  const inner = deeper(layout);
  return `${key}:${isInline ? ' ' : `\n${inner.indentation.current}`}${writeFrame(frame, inner)}`;
}

function writeFrame(frame: Frame, layout: Layout): string {
  const { format, isInline, indentation } = layout;
  if (isJson(frame)) {
    if (isInline) return inlineJsonText(frame);
    return format === 'json' ? jsonText(frame, indentation) : yamlText(frame, indentation);
  }
  const inner = format === 'json' ? deeper(layout) : layout;
  const { current } = inner.indentation;
  if (isList(frame)) {
    if (format === 'yaml') {
      const item = { ...layout, indentation: { ...indentation, current: `${current}  ` } };
      return frame.map(part => `- ${writeFrame(part, item)}`).join(`\n${current}`);
    }
    return bracketed(
      '[]',
      frame.map(part => writeFrame(part, inner)),
      layout,
    );
  }
  if (frame instanceof StatesFrame) {
    const states = writeStates(frame.states, inner);
    return format === 'json' ? bracketed('{}', [states], layout) : states;
  }
  const members = Object.entries(frame).map(([name, part]) => writeMember(name, part, inner));
  return format === 'json' ? bracketed('{}', members, layout) : members.join(`\n${current}`);
}

function bracketed(brackets: string, parts: readonly string[], layout: Layout): string {
  const { isInline, indentation } = layout;
  const [open = '', close = ''] = brackets;
  if (isInline) return `${open} ${parts.join(', ')} ${close}`;
  const inner = `\n${indentation.current}${indentation.unit}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${indentation.current}${close}`;
}

function deeper(layout: Layout): Layout {
  const { current, unit } = layout.indentation;
  return { ...layout, indentation: { current: current + unit, unit } };
}

function isList(frame: Frame): frame is readonly Frame[] {
  return Array.isArray(frame);
}

/** Whether no moved state is in it. */
function isJson(frame: Frame): frame is Json {
  if (frame instanceof StatesFrame) return false;
  if (frame === null || typeof frame !== 'object') return true;
  return Object.values<Frame>(frame as FrameObject).every(part => isJson(part));
}

function spanOf({ analysis }: MachineAnalysis, property: PropertyNode): Span {
  return { start: property.start, end: endOfText(analysis.source.text, property.end) };
}

/** The comments on lines of their own above, up to whatever else there is. */
function commentsAbove({ analysis, site }: MachineAnalysis, property: PropertyNode): readonly Span[] {
  const { text } = analysis.source;
  const above: Span[] = [];
  let start = property.start;
  for (const comment of site.tree.comments.toReversed()) {
    if (comment.start >= start) continue;
    const isAlone = text.slice(lineStartOf(text, comment.start), comment.start).trim() === '';
    if (!isAlone || text.slice(comment.end, start).trim() !== '') break;
    above.unshift(comment);
    start = comment.start;
  }
  return above;
}

function commentBehind(
  { analysis, site }: MachineAnalysis,
  property: PropertyNode,
): { readonly end: Offset; readonly text: string } | undefined {
  const { text } = analysis.source;
  const from = endOfText(text, property.end);
  const newline = text.indexOf('\n', from);
  const limits = { start: from, end: newline < 0 ? text.length : newline };
  const comment = site.tree.comments.find(candidate => contains(limits, candidate));
  if (!comment || !/^[\s,]*$/.test(text.slice(from, comment.start))) return undefined;
  const written = text.slice(comment.start, comment.end).trimEnd();
  // What stands behind a comment on the same line does not belong to it.
  return text.slice(comment.end, limits.end).trim() === ''
    ? { end: comment.start + written.length, text: written }
    : undefined;
}

function edited(text: string, span: Span, edits: readonly Edit[]): string {
  let result = '';
  let at = span.start;
  for (const edit of edits.filter(candidate => contains(span, candidate)).sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at, span.end);
}

/** Lines less indented than the first lose what they have. */
function dedented(text: string, blanks: string): string {
  const [first = '', ...rest] = text.split(/\r?\n/);
  const lines = rest.map(line =>
    line.startsWith(blanks) ? line.slice(blanks.length) : line.replace(/^[ \t]+/, ''),
  );
  return [first, ...lines].join('\n');
}

function indented(text: string, blanks: string): string {
  return text.replaceAll(/\n(?=[^\n])/g, `\n${blanks}`);
}

function lineStartOf(text: string, offset: Offset): Offset {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
