/** `2 h 5 min`, `1.5 s`: the two greatest units of a duration in milliseconds. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 60_000) return `${milliseconds / 1000} s`;
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const;
  let left = milliseconds;
  const parts: string[] = [];
  for (const [name, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 || parts.length > 0) parts.push(count > 0 ? `${count} ${name}` : '');
  }
  return parts
    .slice(0, 2)
    .filter(part => part !== '')
    .join(' ');
}
