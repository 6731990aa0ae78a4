import { inEnglish, type Translate } from './translate.ts';

/**
 * A text that is made where nobody knows the user's language: as it stands in the code, with places `{0}`, `{1}`,
 * and what stands in them. The same text is the key of its translations.
 */
export interface Message {
  readonly text: string;
  readonly values: readonly MessageValue[];
}

/** Names, numbers and quoted text stand in a message as they are; a sentence in a sentence is translated, too. */
export type MessageValue = string | number | Message;

/** The message that a template says: `` say`No state named '${name}'.` `` has the text `No state named '{0}'.`. */
export function say(parts: TemplateStringsArray, ...values: readonly MessageValue[]): Message {
  return { text: textOf(parts), values };
}

/** A message of ours, or a text of others, which stands as it is. */
export type Words = Message | string;

/** A text of others where a message must stand: the same in every language. */
export function quote(text: string): Message {
  return { text: '{0}', values: [text] };
}

/** A message in words, English unless another language is asked for. */
export function inWords(words: Words, translate: Translate = inEnglish): string {
  if (typeof words === 'string') return words;
  const { text, values } = words;
  return translate(
    text,
    ...values.map(value => (typeof value === 'object' ? inWords(value, translate) : value)),
  );
}

const texts = new WeakMap<TemplateStringsArray, string>();

/** One place in the code says one text, however often. */
function textOf(parts: TemplateStringsArray): string {
  let text = texts.get(parts);
  if (text === undefined) {
    text = parts.reduce((before, part, index) => `${before}{${index - 1}}${part}`);
    texts.set(parts, text);
  }
  return text;
}
