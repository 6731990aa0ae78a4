/** A moment with the precision in which it was written. */
export interface Moment {
  /** Whole seconds since 1970. */
  readonly seconds: number;
  readonly nanoseconds: number;
}

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):(\d\d)(?::(\d\d))?)$/;

/**
 * Reads a timestamp as AWS does: RFC 3339 with an upper case `T`, and `Z` or an offset.
 * `2016-03-14T01:59:00.5-08:00` is one, `2016-03-14 01:59:00Z` and `2016-02-30T00:00:00Z` are not.
 */
export function parseTimestamp(text: string): Moment | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(part => Number(part ?? 0));
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const [offsetHours = 0, offsetMinutes = 0, offsetSeconds = 0] = match
    .slice(9, 12)
    .map(part => Number(part ?? 0));
  if (offsetHours > 18 || offsetMinutes > 59 || offsetSeconds > 59) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * 60 + offsetSeconds;
  const local = date.getTime() / 1000 + (hour * 60 + minute) * 60 + second;
  return {
    seconds: match[8] === '-' ? local + offset : local - offset,
    nanoseconds: Number((match[7] ?? '').padEnd(9, '0')),
  };
}

/** Negative, zero or positive, as the first is before, at or after the second. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}
