import type { Json } from '#core/json.ts';

export type CsvDelimiter = 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';

const characters: Readonly<Record<CsvDelimiter, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * The rows of a CSV file as a distributed Map reads it.
 *
 * Quotes are optional, `""` inside them is a quote, and a quoted field may hold delimiters and line
 * ends. A backslash keeps the special meaning of a backslash, quote or delimiter away, and is dropped before
 * any other character.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export function readCsv(text: string, delimiter: CsvDelimiter = 'COMMA'): readonly (readonly string[])[] {
  const separator = characters[delimiter];
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  let begun = false;
  const endRow = (): void => {
    rows.push([...row, field]);
    row = [];
    field = '';
    begun = false;
  };
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') {
      const next = text.charAt(i + 1);
      if (next === '\\' || next === '"' || next === separator) {
        field += next;
        i++;
      }
      begun = true;
    } else if (quoted) {
      if (char !== '"') field += char;
      else if (text.charAt(i + 1) === '"') {
        field += char;
        i++;
      } else quoted = false;
    } else if (char === '"' && field === '') {
      quoted = true;
      begun = true;
    } else if (char === separator) {
      row.push(field);
      field = '';
      begun = true;
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text.charAt(i + 1) === '\n') i++;
      if (begun) endRow();
    } else {
      field += char;
      begun = true;
    }
  }
  if (begun) endRow();
  return rows;
}

/** One item a row, named by the headers: missing fields are empty, those too many are dropped. */
export function csvItems(rows: readonly (readonly string[])[], headers: readonly string[]): readonly Json[] {
  return rows.map(row => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ''])));
}
