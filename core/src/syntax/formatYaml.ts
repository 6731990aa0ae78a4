import { parseDocument } from 'yaml';

/**
 * Writes YAML with even indentation and single blanks; comments, blank lines, anchors, tags, quotes and
 * block texts stay. `undefined` where the text cannot be read as one document.
 */
export function formatYaml(text: string, indent: number): string | undefined {
  const document = parseDocument(text, {
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    keepSourceTokens: false,
  });
  if (document.errors.length > 0) return undefined;
  const formatted = document.toString({
    indent,
    indentSeq: true,
    lineWidth: 0,
    minContentWidth: 0,
    flowCollectionPadding: true,
    singleQuote: null,
  });
  return text.includes('\r\n') ? formatted.replaceAll(/\r?\n/g, '\r\n') : formatted;
}
