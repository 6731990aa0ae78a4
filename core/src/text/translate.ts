/** Puts a text of the code into the user's language, and values into its places `{0}`, `{1}`. */
export type Translate = (text: string, ...values: readonly (string | number)[]) => string;

/** The texts as they stand in the code: for editors that say no language, and for tests. */
export const inEnglish: Translate = (text, ...values) =>
  text.replaceAll(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));

/** Texts by a table from those of the code; English stands for what it lacks. */
export function translateBy(table: Readonly<Record<string, string>>): Translate {
  return (text, ...values) => inEnglish(Object.hasOwn(table, text) ? (table[text] ?? text) : text, ...values);
}
