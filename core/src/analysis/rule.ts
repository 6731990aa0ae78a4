import type { Message } from '#core/text/message.ts';
import type { Analysis, MachineAnalysis } from './analysis.ts';
import type { Finding, Severity } from './finding.ts';

/**
 * One rule, one file in `rules/`. Its text feeds the check, the settings, the documentation page and
 * the quick fixes, so that a rule is complete in one place.
 */
export interface Rule {
  /** `group/rule`, as in the catalogue of diagnostics. */
  readonly code: string;
  /**
   * The codes its findings carry where a rule tells forms of one fault apart: the rule about field values
   * finds `wait/seconds-negative`, `retry/interval-zero` and so on. Settings and suppressions take any of them.
   */
  readonly variants?: readonly string[];
  readonly severity: Severity;
  /** One sentence: what is wrong. The heading of the rule's documentation. */
  readonly summary: string;
  /** Why it matters and what to do; Markdown, at most a few sentences. */
  readonly explanation: string;
  /** Where AWS or the specification says so. */
  readonly link: string;
  /** The smallest definition (JSON text) the rule finds something in. */
  readonly example: string;
  /** Asked once for each state machine of a file. */
  check(machine: MachineAnalysis): Iterable<RuleFinding>;
  /** Asked once for each file, also for one without a state machine. */
  checkFile?(analysis: Analysis): Iterable<RuleFinding>;
}

/** A finding as a rule yields it, in no language yet; severity and code are the rule's unless it says more exactly. */
export type RuleFinding = Omit<Finding<Message>, 'code' | 'severity'> & {
  /** One of the rule's `variants`. */
  readonly code?: string;
  readonly severity?: Severity;
};
