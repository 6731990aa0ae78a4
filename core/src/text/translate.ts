/** Puts a text of the code into the user's language, and values into its places `{0}`, `{1}`. */
export type Translate = (text: string, ...values: readonly (string | number)[]) => string;

/** The texts as they stand in the code: for editors that say no language, and for tests. */
export const inEnglish: Translate = (text, ...values) => {
  if (values.length === 0) return text;
  let said = '';
  for (const part of partsOf(text)) {
    said += typeof part === 'string' ? part : String(values[part] ?? `{${part}}`);
  }
  return said;
};

const known = new Map<string, readonly (string | number)[]>();

/** `from {0}, {1}` in its parts: `from `, 0, `, `, 1. There are as many texts as the code has. */
function partsOf(text: string): readonly (string | number)[] {
  let parts = known.get(text);
  if (!parts) {
    parts = text.split(/\{(\d+)\}/).map((part, index) => (index % 2 === 0 ? part : Number(part)));
    known.set(text, parts);
  }
  return parts;
}

/** Texts by a table from those of the code; English stands for what it lacks. */
export function translateBy(table: Readonly<Record<string, string>>): Translate {
  return (text, ...values) => inEnglish(Object.hasOwn(table, text) ? (table[text] ?? text) : text, ...values);
}
