const form = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/;

/**
 * Whether the text is a timestamp as in RFC 3339 with capital `T` and `Z`: `2024-08-18T17:33:00Z`.
 *
 * @see https://states-language.net/spec.html#timestamps
 */
export function isTimestamp(text: string): boolean {
  const match = form.exec(text);
  if (!match) return false;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match
    .slice(1)
    .map(part => Number(part ?? 0));
  return (
    inRange(month, 1, 12) &&
    inRange(day, 1, daysIn(year ?? 0, month ?? 1)) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 60) &&
    inRange(offsetHour, 0, 23) &&
    inRange(offsetMinute, 0, 59)
  );
}

function inRange(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && low <= value && value <= high;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
