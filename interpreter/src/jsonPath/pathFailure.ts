/**
 * Why a path has no value, in Jayway's words, without what AWS writes around them.
 *
 * The input lacks something (`notFound`), an array is too short for the last index of the path
 * (`outOfRange`), there is no array where the path has an index (`notAnArray`), the path cannot be applied
 * at all (`invalid`, which makes a filter refuse the item), a function cannot be calculated (`incalculable`,
 * which a filter lets through), or it visits too many values (`exhausted`).
 */
export class PathFailure {
  readonly kind: 'notFound' | 'outOfRange' | 'notAnArray' | 'invalid' | 'incalculable' | 'exhausted';
  readonly message: string;

  constructor(kind: PathFailure['kind'], message: string) {
    this.kind = kind;
    this.message = message;
  }
}

/** Whether the document has nothing where the path leads, which filters and wildcards may pass over. */
export function leadsNowhere(failure: PathFailure): boolean {
  return failure.kind === 'notFound' || failure.kind === 'outOfRange' || failure.kind === 'notAnArray';
}

/** How many values paths may still visit; counted down by whoever visits one. */
export interface Budget {
  steps: number;
}

/** Enough to visit every value of the largest payload a hundred times over. */
export const defaultSteps = 20_000_000;

export function exhausted(): PathFailure {
  return new PathFailure('exhausted', 'The path visits too many values');
}
