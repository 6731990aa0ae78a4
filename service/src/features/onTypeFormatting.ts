import { format } from 'jsonc-parser';
import type { FormattingOptions, Position, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { ArrayNode, ObjectNode, SyntaxNode } from '#core/syntax/node.ts';
import { maskPlaceholders } from '#core/syntax/maskPlaceholders.ts';
import { contains, touches, type Offset, type Span } from '#core/text/span.ts';
import type { Edit } from '#service/edits.ts';
import { toOffset, toTextEdit } from '#service/toLsp.ts';

/** The characters after which a definition is laid out while it is typed. */
export const onTypeTriggers = ['\n', '}', ']'] as const;

/**
 * Lays out what has just been closed, or indents the line that has just been begun. Lines stay lines; only
 * the blanks in them change, and nothing behind the cursor.
 */
export function onTypeFormatting(
  analysis: Analysis,
  position: Position,
  character: string,
  options: FormattingOptions,
): TextEdit[] {
  const { source } = analysis;
  if (source.role !== undefined && source.role !== 'definition') return [];
  const offset = toOffset(analysis, position);
  const edits =
    source.format === 'yaml'
      ? character === '\n'
        ? yamlLine(analysis, position, options)
        : []
      : character === '\n'
        ? jsonLine(analysis, position, options)
        : closedBlock(analysis, offset, options);
  return edits.map(edit => toTextEdit(analysis, edit));
}

/** The object or list whose bracket has just been typed, if it has several lines. */
function closedBlock(analysis: Analysis, offset: Offset, options: FormattingOptions): Edit[] {
  const { source, syntax } = analysis;
  const node = syntax.root && containersAt(syntax.root, offset - 1).find(({ end }) => end === offset);
  if (!node || !source.text.slice(node.start, node.end).includes('\n')) return [];
  // A bracket that was put there by the parser closes nothing.
  if (!/[}\]]/.test(source.text.charAt(offset - 1))) return [];
  const isBroken = syntax.problems.some(problem => problem.code === 'syntax' && contains(node, problem));
  return isBroken ? [] : laidOut(analysis, node, options);
}

/** The line above is spaced, the new one indented by the brackets around it. */
function jsonLine(analysis: Analysis, { line }: Position, options: FormattingOptions): Edit[] {
  const { source, syntax, lines } = analysis;
  const above = { start: lines.lineStart(line - 1), end: endOfLine(analysis, line - 1) };
  const start = lines.lineStart(line);
  const own = source.text.slice(start, endOfLine(analysis, line));
  const blanks = /^[ \t]*/.exec(own)?.[0] ?? '';
  const at = start + blanks.length;
  if (syntax.comments.some(comment => comment.start < start && start < comment.end)) return [];
  const around = syntax.root && containersAt(syntax.root, at).at(-1);
  if (!around) return [];
  const outer = blanksAt(analysis, around.start);
  const isClosing = /^[}\]]/.test(own.slice(blanks.length)) && at === around.end - 1;
  const wanted = isClosing ? outer : outer + unitOf(options);
  return [
    ...laidOut(analysis, above, options),
    ...(wanted === blanks ? [] : [{ start, end: at, text: wanted }]),
  ];
}

/** The edits of JSON's formatter inside of the span, which keep its lines. */
function laidOut({ source, lines }: Analysis, span: Span, options: FormattingOptions): Edit[] {
  const edits = format(
    maskPlaceholders(source.text),
    { offset: span.start, length: span.end - span.start },
    {
      tabSize: options.tabSize,
      insertSpaces: options.insertSpaces,
      keepLines: true,
      eol: lines.hasCrLf ? '\r\n' : '\n',
    },
  );
  return edits
    .map(({ offset, length, content }) => ({ start: offset, end: offset + length, text: content }))
    .filter(edit => contains(span, edit));
}

/** The objects and lists whose inside the offset is in, outer ones first. */
function containersAt(root: SyntaxNode, offset: Offset): readonly (ObjectNode | ArrayNode)[] {
  const found: (ObjectNode | ArrayNode)[] = [];
  for (let node: SyntaxNode | undefined = root; node?.kind === 'object' || node?.kind === 'array';) {
    if (offset <= node.start || offset > node.end) break;
    found.push(node);
    const children: readonly (SyntaxNode | undefined)[] =
      node.kind === 'object' ? node.properties.map(({ value }) => value) : node.items;
    node = children.findLast(child => child && child.start < offset && offset < child.end);
  }
  return found;
}

/** An empty line behind a key is indented below it, behind an item's key beside that. */
function yamlLine(analysis: Analysis, { line }: Position, options: FormattingOptions): Edit[] {
  const { source, syntax, lines } = analysis;
  const start = lines.lineStart(line);
  const own = source.text.slice(start, endOfLine(analysis, line));
  const aboveStart = lines.lineStart(line - 1);
  const above = source.text.slice(aboveStart, endOfLine(analysis, line - 1));
  // What stands there already means something where it stands.
  if (own.trim() !== '' || above.trim() === '') return [];
  if (syntax.root && isInText(source.text, syntax.root, aboveStart + above.search(/\S/))) return [];
  const column = yamlColumn(above, Math.max(2, options.tabSize));
  if (column === undefined || own === ' '.repeat(column)) return [];
  return [{ start, end: start + own.length, text: ' '.repeat(column) }];
}

/** Where the line behind this one begins. */
function yamlColumn(line: string, unit: number): number | undefined {
  const [, blanks = '', dashes = '', rest = ''] = /^([ \t]*)((?:-(?: +|$))*)(.*)$/.exec(line) ?? [];
  const content = rest.replace(/(?:^|\s)#.*$/, '').trimEnd();
  if (blanks.includes('\t') || hasOpenBracket(content)) return undefined;
  const column = blanks.length + dashes.length;
  const endsInKey = /:(?:\s+[&!]\S*)*$/.test(content);
  const beginsBlock = /:\s+(?:[&!]\S*\s+)*[|>][-+\d]*$/.test(content);
  if (endsInKey || beginsBlock) return column + unit;
  const isKeyed = /:\s/.test(content);
  return dashes !== '' && content !== '' && !isKeyed ? blanks.length : column;
}

function hasOpenBracket(content: string): boolean {
  const bare = content.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '');
  const count = (pattern: RegExp): number => bare.match(pattern)?.length ?? 0;
  return count(/[{[]/g) > count(/[\]}]/g);
}

/** Whether the offset is in a text of several lines, behind its first. */
function isInText(text: string, node: SyntaxNode, offset: Offset): boolean {
  switch (node.kind) {
    case 'object':
      return node.properties.some(
        ({ value }) => value && touches(value, offset) && isInText(text, value, offset),
      );
    case 'array':
      return node.items.some(item => touches(item, offset) && isInText(text, item, offset));
    case 'string':
      return text.slice(node.start, offset).includes('\n');
    case 'tag':
      return node.content !== undefined && isInText(text, node.content, offset);
    default:
      return false;
  }
}

function endOfLine({ lines }: Analysis, line: number): Offset {
  return lines.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
}

/** The blanks the line of the offset begins with. */
function blanksAt({ source }: Analysis, offset: Offset): string {
  const start = offset === 0 ? 0 : source.text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(source.text.slice(start, offset))?.[0] ?? '';
}

function unitOf({ insertSpaces, tabSize }: FormattingOptions): string {
  return insertSpaces ? ' '.repeat(tabSize) : '\t';
}
