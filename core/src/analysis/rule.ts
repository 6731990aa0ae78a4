import type { MachineAnalysis } from './analysis.ts';
import type { Finding, Severity } from './finding.ts';

/**
 * One rule, one file in `rules/`. Its text feeds the check, the settings, the documentation page and
 * the quick fixes, so that a rule is complete in one place.
 */
export interface Rule {
  /** `group/rule`, as in the catalogue of diagnostics. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is wrong. The heading of the rule's documentation. */
  readonly summary: string;
  /** Why it matters and what to do; Markdown, at most a few sentences. */
  readonly explanation: string;
  /** Where AWS or the specification says so. */
  readonly link: string;
  /** The smallest definition (JSON text) the rule finds something in. */
  readonly example: string;
  check(machine: MachineAnalysis): Iterable<RuleFinding>;
}

/** A finding as a rule yields it; code and severity are the rule's. */
export type RuleFinding = Omit<Finding, 'code' | 'severity'> & { readonly severity?: Severity };
