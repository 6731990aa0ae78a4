/** Values that are substitutions; strings are matched too, so that what they hold is not. */
const stringsAndPlaceholders = /"(?:[^"\\\n]|\\.)*"|\$\{[^{}"\n]*\}[\w.$-]*/g;

/**
 * JSON with a string of the same length in place of each bare `${Placeholder}`, for tools that know JSON only.
 *
 * `{"Seconds": ${Wait}}` becomes `{"Seconds": "_____"}`.
 */
export function maskPlaceholders(text: string): string {
  if (!text.includes('${') || !/[:,[]\s*\$\{/.test(text)) return text;
  return text.replaceAll(stringsAndPlaceholders, found =>
    found.startsWith('"') ? found : `"${'_'.repeat(found.length - 2)}"`,
  );
}
