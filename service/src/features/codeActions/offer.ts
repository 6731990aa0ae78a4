import type { Finding } from '#core/analysis/finding.ts';
import type { Edit } from '#service/edits.ts';

/** A change that is offered, before it is told in the editor's terms. */
export interface Offer {
  readonly title: string;
  /** Of the code action: `quickfix`, `refactor.rewrite` … */
  readonly kind: string;
  readonly edits: readonly Edit[];
  /** Makes the change when it is chosen, in place of `edits`, where that takes more than a look. */
  readonly later?: () => Change;
  /** Why it cannot be done here; the editor shows it where the user asks for refactorings. */
  readonly refused?: string;
  /** What it mends. */
  readonly finding?: Finding;
  readonly isPreferred?: boolean;
}

/** Edits of the file, and a file that is made beside it. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly newFile?: { readonly uri: string; readonly text: string };
}
