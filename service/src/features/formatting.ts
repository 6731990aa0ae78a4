import { format } from 'jsonc-parser';
import type { FormattingOptions, Position, Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { formatYaml } from '#core/syntax/formatYaml.ts';
import { maskPlaceholders } from '#core/syntax/maskPlaceholders.ts';
import type { Offset, Span } from '#core/text/span.ts';
import type { Edit } from '#service/edits.ts';
import { toRange, toSpan } from '#service/toLsp.ts';
import { formatYamlRange } from './formatYamlRange.ts';

/**
 * Indents and spaces the file or a range of it. YAML that does not parse is left alone, and so is any whose
 * value would change.
 */
export function formatting(analysis: Analysis, options: FormattingOptions, range?: Range): TextEdit[] {
  const { source } = analysis;
  // Templates and mock files are formatted by whoever formats JSON and YAML.
  if (source.role !== undefined && source.role !== 'definition') return [];
  if (source.format === 'yaml') {
    return range ? formatYamlRange(analysis, options, range) : formatWholeYaml(analysis, options);
  }
  return inOrder(analysis, formatJson(source.text, options, range && toSpan(analysis, range)));
}

/** As far as it can be told where things belong: also in files that are broken or have comments. */
function formatJson(written: string, options: FormattingOptions, span?: Span): readonly Edit[] {
  const text = maskPlaceholders(written);
  return format(text, span && { offset: span.start, length: span.end - span.start }, {
    tabSize: options.tabSize,
    insertSpaces: options.insertSpaces,
    insertFinalNewline: options.insertFinalNewline ?? false,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }).map(({ offset, length, content }) => ({ start: offset, end: offset + length, text: content }));
}

/** The edits of a large file are thousands: the line of each is looked for behind that of the one before it. */
function inOrder({ lines }: Analysis, edits: readonly Edit[]): TextEdit[] {
  let line = 0;
  const positionAt = (offset: Offset): Position => {
    while (line + 1 < lines.lineCount && lines.lineStart(line + 1) <= offset) line++;
    return { line, character: offset - lines.lineStart(line) };
  };
  return edits.map(({ start, end, text }) => ({
    range: { start: positionAt(start), end: positionAt(end) },
    newText: text,
  }));
}

function formatWholeYaml(analysis: Analysis, options: FormattingOptions): TextEdit[] {
  const { source, syntax } = analysis;
  if (syntax.problems.length > 0) return [];
  const text = formatYaml(source.text, Math.max(2, options.tabSize));
  if (text === undefined || text === source.text) return [];
  return [{ range: toRange(analysis, { start: 0, end: source.text.length }), newText: text }];
}
