import type { Pointer } from '#core/model/pointer.ts';
import type { Span } from '#core/text/span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something to tell about a place in the file; what a squiggle, a line of `stepwise check` and a mark in the graph show. */
export interface Finding extends Span {
  /** The rule's code, `group/rule`: documented, configurable, suppressible under this name. */
  readonly code: string;
  readonly severity: Severity;
  /** Names the thing and the way out: `No state named 'Pay' in this scope. Did you mean 'Paid'?` */
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  /** `unnecessary` text is drawn faded, `deprecated` text struck through. */
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** The state it is about, for marks in the graph. */
  readonly state?: Pointer;
  /** What AWS's ValidateStateMachineDefinition says of the same fault, where known. */
  readonly aws?: { readonly code: string; readonly message: string; readonly location?: string };
  /** What a quick fix needs to know, e.g. the name that was probably meant. */
  readonly fix?: Fix;
  /** What would mend it as well, though something else was probably meant. */
  readonly otherFix?: Fix;
}

export interface RelatedPlace extends Span {
  readonly message: string;
}

/** What would mend a finding, in terms of the text; the editor turns it into a quick fix. */
export type Fix =
  | { readonly kind: 'replaceText'; readonly span: Span; readonly text: string; readonly title: string }
  /** A repair that needs the model: named like the code action that does it. */
  | {
      readonly kind: 'action';
      readonly name: string;
      readonly arguments?: Readonly<Record<string, string>>;
      readonly title: string;
    };
