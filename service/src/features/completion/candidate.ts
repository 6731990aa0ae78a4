import type { CompletionItemKind } from 'vscode-languageserver-types';
import type { Draft } from '#service/draft.ts';
import type { Edit } from '#service/edits.ts';

/** What could stand at the cursor, before it is known how it is written there. */
export interface Candidate {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** Candidates are shown by rank, then in the order they are given. */
  readonly rank: number;
  readonly detail?: string;
  /** Beside the label, greyed. */
  readonly description?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly deprecated?: boolean;
  /** For a property: its name as a snippet, where it is not the label. */
  readonly name?: string;
  /** The value to insert; the label itself when absent. */
  readonly draft?: Draft;
  /** What changes elsewhere with it. */
  readonly edits?: readonly Edit[];
  /** A function: its parentheses are written too, and the cursor put between them if it takes arguments. */
  readonly call?: 'empty' | 'arguments';
  /** What follows is worth suggesting at once: the name of a state behind `Next`. */
  readonly suggestNext?: boolean;
}
