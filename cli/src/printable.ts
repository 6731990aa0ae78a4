/**
 * Text of a file as a terminal may show it: control characters, which could paint over what stands there, become
 * their pictures (`␛`), one column each. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, picture);
}

/** The same in one line. */
export function printableInLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, picture);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\uFFFD';
}
