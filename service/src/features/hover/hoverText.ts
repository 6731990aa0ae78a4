import type { Span } from '#core/text/span.ts';

/** A piece of Markdown about a place in the file. */
export interface HoverText {
  readonly span: Span;
  readonly markdown: string;
}
