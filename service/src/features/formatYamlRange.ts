import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { formatYaml } from '#core/syntax/formatYaml.ts';
import type { ArrayNode, ObjectNode, SyntaxNode, SyntaxTree } from '#core/syntax/node.ts';
import { parse } from '#core/syntax/parse.ts';
import { toJson } from '#core/syntax/toJson.ts';
import type { Offset, Span } from '#core/text/span.ts';
import { endOfText, type Edit } from '#service/edits.ts';
import { toTextEdit } from '#service/toLsp.ts';

/** A text with what it is read as. */
interface Read {
  readonly text: string;
  readonly tree: SyntaxTree;
}

/** The whole text formatted; nothing where it cannot be read or would come to mean something else. */
export function formattedYaml({ source, syntax }: Analysis, options: FormattingOptions): Read | undefined {
  if (syntax.problems.length > 0 || !syntax.root) return undefined;
  const text = formatYaml(source.text, Math.max(2, options.tabSize));
  if (text === undefined) return undefined;
  const tree = parse({ ...source, text });
  return isSame(syntax, tree) ? { text, tree } : undefined;
}

/**
 * Formats the properties and items that lie wholly in the selected lines. They keep the column they begin
 * in, as what stands around them keeps its own.
 */
export function formatYamlRange(analysis: Analysis, options: FormattingOptions, range: Range): TextEdit[] {
  const { source, syntax } = analysis;
  const formatted = formattedYaml(analysis, options);
  if (!formatted || !syntax.root || !formatted.tree.root) return [];
  // A selection that ends in front of a line does not mean that line.
  const isBefore = range.end.character === 0 && range.end.line > range.start.line;
  const lines = { first: range.start.line, last: isBefore ? range.end.line - 1 : range.end.line };
  const selected = {
    start: analysis.lines.lineStart(lines.first),
    end: analysis.lines.lineStart(lines.last + 1),
  };
  const edits = [
    ...grafts(
      { text: source.text, node: syntax.root },
      { ...formatted, node: formatted.tree.root },
      selected,
    ),
  ];
  const changed = edits.filter(({ start, end, text }) => source.text.slice(start, end) !== text);
  if (changed.length === 0) return [];
  const result = applied(source.text, changed);
  if (!isSame(syntax, parse({ ...source, text: result }))) return [];
  return changed.map(edit => toTextEdit(analysis, edit));
}

/** A node in its text. */
interface Placed {
  readonly text: string;
  readonly node: SyntaxNode;
}

/** Puts runs of formatted members in the place of those that are selected whole, and looks into the others. */
function* grafts(old: Placed, formatted: Placed, selected: Span): Generator<Edit> {
  const members = membersOf(old);
  const others = membersOf(formatted);
  if (members.length !== others.length) return;
  const isWhole = ({ start, end }: Member): boolean => selected.start <= start && end <= selected.end;
  for (let index = 0; index < members.length; index++) {
    const first = members[index];
    const counterpart = others[index];
    if (!first || !counterpart || first.end <= selected.start || selected.end <= first.start) continue;
    if (!isWhole(first)) {
      if (first.value && counterpart.value) {
        yield* grafts(
          { text: old.text, node: first.value },
          { text: formatted.text, node: counterpart.value },
          selected,
        );
      }
      continue;
    }
    let last = index;
    for (let next = members[last + 1]; next && isWhole(next); next = members[last + 1]) last++;
    const end = members[last]?.end ?? first.end;
    const piece = formatted.text.slice(counterpart.start, others[last]?.end ?? counterpart.end);
    const shift = columnOf(old.text, first.start) - columnOf(formatted.text, counterpart.start);
    yield { start: first.start, end, text: shifted(piece, shift) };
    index = last;
  }
}

/** A property, or an item with its dash. */
interface Member extends Span {
  readonly value: SyntaxNode | undefined;
}

/** What a block holds on lines of its own; nothing of what brackets hold, or of an alias. */
function membersOf({ text, node }: Placed): readonly Member[] {
  if (node.kind === 'object') return /[{[]/.test(text.charAt(node.start)) ? [] : propertiesOf(text, node);
  if (node.kind === 'array') return /[{[]/.test(text.charAt(node.start)) ? [] : itemsOf(text, node);
  return node.kind === 'tag' && node.content ? membersOf({ text, node: node.content }) : [];
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

/** Moves all lines but the first to the right, or to the left. */
function shifted(text: string, columns: number): string {
  if (columns === 0) return text;
  return columns > 0
    ? text.replaceAll(/\n(?=[^\r\n])/g, `\n${' '.repeat(columns)}`)
    : text.replaceAll(new RegExp(String.raw`\n {1,${-columns}}`, 'g'), '\n');
}

function isSame(one: SyntaxTree, other: SyntaxTree): boolean {
  if (!one.root || !other.root || other.problems.length > 0) return false;
  const comments = (tree: SyntaxTree): string => tree.comments.map(({ text }) => text).join('\n');
  return (
    JSON.stringify(toJson(one.root)) === JSON.stringify(toJson(other.root)) &&
    comments(one) === comments(other)
  );
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
