import fs from 'node:fs';
import path from 'node:path';

export type Texts = Readonly<Record<string, string>>;

/** The translations that ship with the extension: texts of a language by the English ones. */
export function bundleIn(language: 'de' | 'ja'): Texts {
  const file = path.resolve(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`);
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Texts;
}

/**
 * Which of some texts are English: made of a text of the bundle that is another in that language. A text with places
 * must have some words of its own: anything may be made of `{0} or {1}`.
 */
export function englishAmong(said: Iterable<string>, bundle: Texts): readonly string[] {
  const english = Object.entries(bundle)
    .filter(([text, translated]) => text !== translated && (!text.includes('{0}') || wordsIn(text) >= 2))
    .map(([text]) => patternOf(text));
  return [...new Set(said)].filter(text => english.some(pattern => pattern.test(text)));
}

function wordsIn(text: string): number {
  return text.match(/[a-z]+/gi)?.length ?? 0;
}

/** `No state named '{0}'.` as the texts that are made of it. */
function patternOf(text: string): RegExp {
  const parts = text.split(/\{\d+\}/).map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('(?:.*)')}$`, 's');
}
