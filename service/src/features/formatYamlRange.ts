import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { formatYaml } from '#core/syntax/formatYaml.ts';
import type { ArrayNode, ObjectNode, SyntaxNode } from '#core/syntax/node.ts';
import type { Offset, Span } from '#core/text/span.ts';
import { endOfText, type Edit } from '#service/edits.ts';
import { toTextEdit } from '#service/toLsp.ts';

/**
 * Formats the properties and items that lie wholly in the selected lines. They keep the column they begin
 * in, as what stands around them keeps its own. What names an anchor outside of the selection stays as it is.
 */
export function formatYamlRange(analysis: Analysis, options: FormattingOptions, range: Range): TextEdit[] {
  const { source, syntax, lines } = analysis;
  if (syntax.problems.length > 0 || !syntax.root) return [];
  // A selection that ends in front of a line does not mean that line.
  const isBefore = range.end.character === 0 && range.end.line > range.start.line;
  const selected = {
    start: lines.lineStart(range.start.line),
    end: lines.lineStart(isBefore ? range.end.line : range.end.line + 1),
  };
  const indent = Math.max(2, options.tabSize);
  return [...editsIn(source.text, syntax.root, selected, indent)]
    .filter(({ start, end, text }) => source.text.slice(start, end) !== text)
    .map(edit => toTextEdit(analysis, edit));
}

/** Formats runs of members that are selected whole, and looks into the others. */
function* editsIn(text: string, node: SyntaxNode, selected: Span, indent: number): Generator<Edit> {
  const members = membersOf(text, node);
  const isWhole = ({ start, end }: Member): boolean => selected.start <= start && end <= selected.end;
  for (let index = 0; index < members.length; index++) {
    const first = members[index];
    if (!first || first.end <= selected.start || selected.end <= first.start) continue;
    if (!isWhole(first)) {
      if (first.value) yield* editsIn(text, first.value, selected, indent);
      continue;
    }
    const run = [first];
    for (let next = members[++index]; next && isWhole(next); next = members[++index]) run.push(next);
    index--;
    yield* editsOfRun(text, run, selected, indent);
  }
}

/** Formats members at once, or where that cannot be, each by itself, or what is in it. */
function* editsOfRun(text: string, run: readonly Member[], selected: Span, indent: number): Generator<Edit> {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) return;
  const span = { start: first.start, end: last.end };
  const formatted = formattedAlone(text, span, indent);
  if (formatted !== undefined) yield { ...span, text: formatted };
  else if (run.length > 1) for (const member of run) yield* editsOfRun(text, [member], selected, indent);
  else if (first.value) yield* editsIn(text, first.value, selected, indent);
}

/** Lines of one block, formatted as a file of their own and put back into their column. */
function formattedAlone(text: string, span: Span, indent: number): string | undefined {
  const blanks = ' '.repeat(columnOf(text, span.start));
  const [firstLine = '', ...others] = text.slice(span.start, span.end).split('\n');
  const isBlank = (line: string): boolean => line.trim() === '';
  if (others.some(line => !isBlank(line) && !line.startsWith(blanks))) return undefined;
  const alone = [firstLine, ...others.map(line => (isBlank(line) ? line : line.slice(blanks.length)))];
  const formatted = formatYaml(`${alone.join('\n')}\n`, indent);
  return formatted?.trimEnd().replaceAll(/\n(?=[^\r\n])/g, `\n${blanks}`);
}

/** A property, or an item with its dash. */
interface Member extends Span {
  readonly value: SyntaxNode | undefined;
}

/** What a block holds on lines of its own; nothing of what brackets hold, or of an alias. */
function membersOf(text: string, node: SyntaxNode): readonly Member[] {
  if (node.kind === 'object') return /[{[]/.test(text.charAt(node.start)) ? [] : propertiesOf(text, node);
  if (node.kind === 'array') return /[{[]/.test(text.charAt(node.start)) ? [] : itemsOf(text, node);
  return node.kind === 'tag' && node.content ? membersOf(text, node.content) : [];
}

function propertiesOf(text: string, { properties }: ObjectNode): readonly Member[] {
  return properties
    .filter(({ inherited }) => !inherited)
    .map(({ start, end, value }) => ({
      start,
      end: endOfText(text, end),
      value: value && start <= value.start && value.end <= end ? value : undefined,
    }));
}

function itemsOf(text: string, { items }: ArrayNode): readonly Member[] {
  return items.map(item => {
    const dash = /-[ \t]*(?:[&!][^\s]*[ \t]+)*$/.exec(
      text.slice(text.lastIndexOf('\n', item.start - 1) + 1, item.start),
    );
    return { start: item.start - (dash?.[0].length ?? 0), end: endOfText(text, item.end), value: item };
  });
}

function columnOf(text: string, offset: Offset): number {
  return offset - (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);
}
