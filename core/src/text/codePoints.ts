/** How many Unicode characters the text has, as AWS counts names and labels: `'😀'` is one. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
