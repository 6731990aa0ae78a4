import { format } from 'jsonc-parser';
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { formatJson as formatJsonTree } from '#core/syntax/formatJson.ts';
import { formatYaml } from '#core/syntax/formatYaml.ts';
import { maskPlaceholders } from '#core/syntax/maskPlaceholders.ts';
import type { Span } from '#core/text/span.ts';
import { toRange, toSpan, toTextEdit } from '#service/toLsp.ts';
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
  return formatJson(analysis, options, range && toSpan(analysis, range));
}

/**
 * By its tree, if the file is whole; else by jsonc-parser, which knows of no tree but goes as far as it can be told
 * where things belong: through files that are broken or have comments, and ranges.
 */
function formatJson(analysis: Analysis, options: FormattingOptions, span?: Span): TextEdit[] {
  const { text } = analysis.source;
  const endOfLine = analysis.lines.hasCrLf ? '\r\n' : '\n';
  const insertFinalNewline = options.insertFinalNewline ?? false;
  const indentation = options.insertSpaces ? ' '.repeat(options.tabSize || 4) : '\t';
  const layout = { indentation, endOfLine, insertFinalNewline } as const;
  const ofTree = span ? undefined : formatJsonTree(analysis.syntax, text, layout);
  if (ofTree) return ofTree.map(edit => toTextEdit(analysis, edit));
  const edits = format(
    maskPlaceholders(text),
    span && { offset: span.start, length: span.end - span.start },
    { tabSize: options.tabSize, insertSpaces: options.insertSpaces, insertFinalNewline, eol: endOfLine },
  );
  return edits.flatMap(({ offset, length, content }) =>
    // For an indentation of just 200 columns the formatter's table has no text.
    typeof content === 'string'
      ? toTextEdit(analysis, { start: offset, end: offset + length, text: content })
      : [],
  );
}

function formatWholeYaml(analysis: Analysis, options: FormattingOptions): TextEdit[] {
  const { source, syntax } = analysis;
  if (syntax.problems.length > 0) return [];
  const text = formatYaml(source.text, Math.max(2, options.tabSize));
  if (text === undefined || text === source.text) return [];
  return [{ range: toRange(analysis, { start: 0, end: source.text.length }), newText: text }];
}
