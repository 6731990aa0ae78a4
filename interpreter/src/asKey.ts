/**
 * The same text as the JavaScript engine keeps it for the names of members, which makes lookups by it several
 * times faster than by a text that was cut out of a file.
 */
export function asKey(name: string): string {
  return Object.keys({ [name]: 0 })[0] ?? name;
}
