import { getLanguageService } from 'vscode-json-languageservice';
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { formatYaml } from '#core/syntax/formatYaml.ts';
import { parse } from '#core/syntax/parse.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { toRange } from '#service/toLsp.ts';

const json = getLanguageService({});

/**
 * Indents and spaces the file, or a range of a JSON file. Text that does not parse is left alone, and so is
 * any whose value would change.
 */
export function formatting(analysis: Analysis, options: FormattingOptions, range?: Range): TextEdit[] {
  const { source } = analysis;
  // A template is formatted by whoever knows templates.
  if (source.role === 'other') return [];
  if (source.format === 'yaml') return range ? [] : formatWholeYaml(analysis, options);
  const document = TextDocument.create(source.uri, 'json', source.version, source.text);
  return json.format(document, range, {
    tabSize: options.tabSize,
    insertSpaces: options.insertSpaces,
    insertFinalNewline: options.insertFinalNewline ?? false,
    keepLines: false,
  });
}

function formatWholeYaml(analysis: Analysis, options: FormattingOptions): TextEdit[] {
  const { source, syntax } = analysis;
  if (syntax.problems.length > 0 || !syntax.root) return [];
  const text = formatYaml(source.text, Math.max(2, options.tabSize));
  if (text === undefined || text === source.text) return [];
  const formatted = parse({ ...source, text });
  const isSame =
    formatted.root && formatted.problems.length === 0 && equal(toJson(syntax.root), toJson(formatted.root));
  if (!isSame) return [];
  return [{ range: toRange(analysis, { start: 0, end: source.text.length }), newText: text }];
}

function equal(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
