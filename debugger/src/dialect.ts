import type { DebugProtocol } from '@vscode/debugprotocol';
import type { LineMap, Position } from '#core/text/lineMap.ts';
import type { Span } from '#core/text/span.ts';
import { translateBy, type Translate } from '#core/text/translate.ts';
import { readTexts } from '#protocol/texts.ts';
import { anything, boolean, object, oneOf, optional, string, type Shaped } from './shape.ts';

/** What `initialize` says about the client. */
export const clientShape = object({
  linesStartAt1: optional(boolean),
  columnsStartAt1: optional(boolean),
  pathFormat: optional(oneOf('path', 'uri')),
  supportsInvalidatedEvent: optional(boolean),
  supportsProgressReporting: optional(boolean),
  locale: optional(string),
  /** Our own client's: texts of its language by those of the code. */
  texts: anything,
});

/** How a client counts and names, lines and columns from 0 or 1, files by path or by URI; and its language. */
export class Dialect {
  readonly supportsInvalidated: boolean;
  readonly supportsProgress: boolean;
  readonly translate: Translate;
  readonly #lineBase: number;
  readonly #columnBase: number;
  readonly #pathFormat: 'path' | 'uri';

  constructor(client: Shaped<typeof clientShape>) {
    this.#lineBase = client.linesStartAt1 === false ? 0 : 1;
    this.#columnBase = client.columnsStartAt1 === false ? 0 : 1;
    this.#pathFormat = client.pathFormat ?? 'path';
    this.supportsInvalidated = client.supportsInvalidatedEvent === true;
    this.supportsProgress = client.supportsProgressReporting === true;
    this.translate = translateBy(readTexts(client.texts) ?? {});
  }

  /** A line as the client counts it, from one that is counted from 0. */
  line(line: number): number {
    return line + this.#lineBase;
  }

  /** The way back. Infinite numbers and negative ones give the nearest line there is. */
  lineFrom(line: number): number {
    return Math.max(0, line - this.#lineBase);
  }

  columnFrom(column: number): number {
    return Math.max(0, column - this.#columnBase);
  }

  place({ line, character }: Position): { readonly line: number; readonly column: number } {
    return { line: this.line(line), column: character + this.#columnBase };
  }

  range(
    { start, end }: Span,
    lines: LineMap,
  ): {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  } {
    const from = this.place(lines.positionAt(start));
    const to = this.place(lines.positionAt(end));
    return { ...from, endLine: to.line, endColumn: to.column };
  }

  source(path: string): DebugProtocol.Source {
    return { name: fileName(path), path: this.#pathFormat === 'uri' ? uriOf(path) : path };
  }
}

/** The last part of a path or URI. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/**
 * The same text for all the names a file goes by: `file:///c%3A/a.asl` and `C:\a.asl` are one file.
 * Names on a drive do not distinguish upper and lower case.
 */
export function fileKey(name: string): string {
  const path = /^file:\/\//i.test(name) ? pathOf(name) : name;
  if (!/^[a-z]:[\\/]/i.test(path)) return path;
  return path.replaceAll('\\', '/').toLowerCase();
}

function pathOf(uri: string): string {
  const encoded = uri.slice('file://'.length);
  let path = encoded;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    // A lone percent sign: the name is meant as it is written.
  }
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

function uriOf(path: string): string {
  if (isUri(path)) return path;
  const slashes = /^[a-z]:[\\/]/i.test(path) ? `/${path.replaceAll('\\', '/')}` : path;
  return `file://${slashes.split('/').map(encodeURIComponent).join('/')}`;
}

/** Whether a name is a URI; `c:\a.asl` is a path. */
export function isUri(name: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(name) && !/^[a-z]:[\\/]/i.test(name);
}
