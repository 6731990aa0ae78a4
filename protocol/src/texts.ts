/** Texts of the user's language by those of the code, as VS Code's bundle has them. */
export type Texts = Readonly<Record<string, string>>;

/** Reads what a client has sent; nothing where it has sent no texts, and English is meant. */
export function readTexts(value: unknown): Texts | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
