import type { Pointer } from '#core/model/pointer.ts';
import { inWords, type Message } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';
import type { Translate } from '#core/text/translate.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/**
 * Something to tell about a place in the file; what a squiggle, a line of `stepwise check` and a mark in the graph show.
 *
 * Rules tell it with a `Message` for each `Text`, which knows no language; who asks for findings gets them in words.
 */
export interface Finding<Text = string> extends Span {
  /** The rule's code, `group/rule`: documented, configurable, suppressible under this name. */
  readonly code: string;
  readonly severity: Severity;
  /** Names the thing and the way out: `No state named 'Pay' in this scope. Did you mean 'Paid'?` */
  readonly message: Text;
  readonly related?: readonly RelatedPlace<Text>[];
  /** `unnecessary` text is drawn faded, `deprecated` text struck through. */
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** The state it is about, for marks in the graph. */
  readonly state?: Pointer;
  /** What AWS's ValidateStateMachineDefinition says of the same fault, where known. */
  readonly aws?: { readonly code: string; readonly message: string; readonly location?: string };
  /** What a quick fix needs to know, e.g. the name that was probably meant. */
  readonly fix?: Fix<Text>;
  /** What would mend it as well, though something else was probably meant. */
  readonly otherFix?: Fix<Text>;
}

export interface RelatedPlace<Text = string> extends Span {
  readonly message: Text;
}

/** What would mend a finding, in terms of the text; the editor turns it into a quick fix. */
export type Fix<Text = string> =
  | { readonly kind: 'replaceText'; readonly span: Span; readonly text: string; readonly title: Text }
  /** A repair that needs the model: named like the code action that does it. */
  | {
      readonly kind: 'action';
      readonly name: string;
      readonly arguments?: Readonly<Record<string, string>>;
      readonly title: Text;
    };

/** A finding in the words of a language. */
export function findingInWords(
  { message, related, fix, otherFix, ...finding }: Finding<Message>,
  translate: Translate,
): Finding {
  return {
    ...finding,
    message: inWords(message, translate),
    ...(related && {
      related: related.map(place => ({ ...place, message: inWords(place.message, translate) })),
    }),
    ...(fix && { fix: fixInWords(fix, translate) }),
    ...(otherFix && { otherFix: fixInWords(otherFix, translate) }),
  };
}

function fixInWords(fix: Fix<Message>, translate: Translate): Fix {
  return { ...fix, title: inWords(fix.title, translate) };
}
