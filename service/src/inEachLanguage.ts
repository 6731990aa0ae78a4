import type { Translate } from '#core/text/translate.ts';

/** What depends on the user's language alone: made when it is first asked for, and kept. */
export function inEachLanguage<T>(make: (translate: Translate) => T): (translate: Translate) => T {
  const made = new WeakMap<Translate, { readonly value: T }>();
  return translate => {
    const known = made.get(translate) ?? { value: make(translate) };
    made.set(translate, known);
    return known.value;
  };
}
