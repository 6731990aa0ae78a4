import { say, type Message } from './message.ts';

/**
 * The candidate that was probably meant, for "Did you mean …?"; `undefined` when none is near.
 *
 * Near is at most a third of the letters, and never all of them; upper and lower case count as equal.
 */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = new Wanted(name.toLowerCase());
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = wanted.distanceTo(candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The message with a question behind it, where something else was probably meant. */
export function askIfMeant(message: Message, meant: string | undefined): Message {
  return meant === undefined ? message : say`${message} Did you mean '${meant}'?`;
}

/** A word that others are compared with; in large files ten thousand of them. */
class Wanted {
  readonly #word: string;
  // Rows of the table of distances, which every comparison fills anew.
  #beforePrevious: number[] = [];
  #previous: number[] = [];
  #current: number[] = [];

  constructor(word: string) {
    this.#word = word;
  }

  /** Insertions, deletions, replacements and swaps of neighbours; gives up at `limit`. */
  distanceTo(other: string, limit: number): number {
    const word = this.#word;
    const shorter = Math.min(word.length, other.length);
    let start = 0;
    while (start < shorter && word.charCodeAt(start) === other.charCodeAt(start)) start++;
    let end = word.length;
    const difference = other.length - end;
    const least = start + Math.max(0, -difference);
    while (end > least && word.charCodeAt(end - 1) === other.charCodeAt(end + difference - 1)) end--;
    const height = end - start;
    const width = height + difference;
    if (height === 0 || width === 0) return Math.min(limit, height + width);
    return this.#distanceBetween(other, start, height, width, limit);
  }

  /** Only cells less than `limit` from the diagonal are filled: those beyond cost at least as much. */
  #distanceBetween(other: string, start: number, height: number, width: number, limit: number): number {
    const word = this.#word;
    for (let column = 0; column <= width; column++) this.#previous[column] = column;
    let letter = -1;
    for (let row = 1; row <= height; row++) {
      const beforePrevious = this.#beforePrevious;
      const previous = this.#previous;
      const current = this.#current;
      const letterBefore = letter;
      letter = word.charCodeAt(start + row - 1);
      const first = Math.max(1, row - limit + 1);
      const last = Math.min(width, row + limit - 1);
      let left = first === 1 ? row : limit;
      let least = left;
      current[first - 1] = left;
      let otherBefore = first > 1 ? other.charCodeAt(start + first - 2) : -1;
      for (let column = first; column <= last; column++) {
        const otherLetter = other.charCodeAt(start + column - 1);
        let cost = (previous[column - 1] ?? limit) + (letter === otherLetter ? 0 : 1);
        if (left + 1 < cost) cost = left + 1;
        const above = column < row + limit - 1 ? (previous[column] ?? limit) : limit;
        if (above + 1 < cost) cost = above + 1;
        if (letter === otherBefore && letterBefore === otherLetter) {
          cost = Math.min(cost, (beforePrevious[column - 2] ?? limit) + 1);
        }
        current[column] = cost;
        if (cost < least) least = cost;
        left = cost;
        otherBefore = otherLetter;
      }
      if (least >= limit) return limit;
      this.#beforePrevious = previous;
      this.#previous = current;
      this.#current = beforePrevious;
    }
    return Math.abs(height - width) < limit ? (this.#previous[width] ?? limit) : limit;
  }
}
