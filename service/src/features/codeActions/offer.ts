import type { Finding } from '#core/analysis/finding.ts';
import type { Edit } from '#service/edits.ts';

/** A change that is offered, before it is told in the editor's terms. */
export interface Offer {
  readonly title: string;
  /** Of the code action: `quickfix`, `refactor.rewrite` … */
  readonly kind: string;
  readonly edits: readonly Edit[];
  /** Why it cannot be done here; the editor shows it where the user asks for refactorings. */
  readonly refused?: string;
  /** What it mends. */
  readonly finding?: Finding;
  readonly isPreferred?: boolean;
}
