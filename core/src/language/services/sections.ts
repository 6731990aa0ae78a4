import { lazy } from '#core/lazy.ts';

/** A text whose parts are decoded one by one, see {@link parseSections}. */
export interface Sections {
  /** What the file says of itself and its sources. */
  readonly title: string;
  /** The table of contents: each part's heading. */
  readonly headings: readonly string[];
  /** The part with this heading, written out. Decodes it each time: keep what you made of it. */
  section(heading: string): string | undefined;
}

/**
 * Reads the table of contents of a generated catalogue file and nothing else.
 *
 * Line 1 is the title; line 2 the frequent words, separated by tabs; then one line a section, its heading and its
 * length in UTF-16 code units (hexadecimal), until an empty line; then the sections. In a section U+0100 stands
 * for the first word, U+0101 for the second and so on. Total: a broken file gives fewer sections.
 * The writer is scripts/services/encodeSections.mts.
 */
export function parseSections(text: string): Sections {
  const titleEnd = text.indexOf('\n');
  const wordsEnd = text.indexOf('\n', titleEnd + 1);
  const tableEnd = text.indexOf('\n\n', wordsEnd);
  const headings: string[] = [];
  const rangeByHeading = new Map<string, readonly [start: number, end: number]>();
  let start = tableEnd + 2;
  for (const line of text.slice(wordsEnd + 1, Math.max(tableEnd, 0)).split('\n')) {
    const lengthStart = line.lastIndexOf(' ') + 1;
    const heading = line.slice(0, Math.max(lengthStart - 1, 0));
    const end = start + Number.parseInt(line.slice(lengthStart), 16);
    if (heading === '' || Number.isNaN(end)) continue;
    headings.push(heading);
    rangeByHeading.set(heading, [start, end]);
    start = end;
  }
  const words = lazy(() => text.slice(titleEnd + 1, wordsEnd).split('\t'));
  const section = (heading: string): string | undefined => {
    const range = rangeByHeading.get(heading);
    if (range === undefined) return undefined;
    const known = words();
    return text
      .slice(...range)
      .replace(/[\u0100-\u07ff]/g, character => known[character.charCodeAt(0) - 0x100] ?? '');
  };
  return { title: text.slice(0, Math.max(titleEnd, 0)), headings, section };
}
