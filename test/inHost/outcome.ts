/** How one test ended; what the extension host hands back to the process that started it. */
export interface Outcome {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  /** Milliseconds. */
  readonly duration: number;
  readonly error?: string;
}

/** Starts the line of the log that carries the outcomes where no file can be written. */
export const outcomesMarker = 'stepwise-outcomes:';

/** One line that says how a test ended, shown while the others still run. */
export function outcomeLine({ title, state, duration, error }: Outcome): string {
  const mark = { passed: 'ok  ', failed: 'FAIL', pending: 'skip' }[state];
  const why = error === undefined ? '' : `\n${error.replaceAll(/^/gm, '     ')}`;
  return `${outcomeLinePrefix}${mark} ${title} (${duration} ms)${why}`;
}

/** By this the process outside finds those lines among all that the extension host logs. */
export const outcomeLinePrefix = '[test] ';
