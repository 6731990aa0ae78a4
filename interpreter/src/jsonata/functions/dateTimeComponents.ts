import type { Component } from './dateTimePicture.ts';

export const DAYS = [
  '',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const DAY = 86_400_000;

/** One component of a date, in UTC; 0 for those that are no number (am/pm is 0 or 1). */
export function dateTimeComponent(date: Date, component: Component): number {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const today = Date.UTC(year, month, date.getUTCDate());
  switch (component) {
    case 'Y':
      return year;
    case 'M':
      return month + 1;
    case 'D':
      return date.getUTCDate();
    case 'd':
      return (today - Date.UTC(year, 0)) / DAY + 1;
    case 'F':
      return date.getUTCDay() || 7;
    case 'W':
      return weekIn({ year, month: 0 }, today, 52, 12);
    case 'w':
      return weekIn({ year, month }, today, 4, 1);
    case 'X':
      if (date.getTime() < firstWeekOf({ year, month: 0 })) return year - 1;
      return date.getTime() >= firstWeekOf({ year: year + 1, month: 0 }) ? year + 1 : year;
    case 'x': {
      const next = moved({ year, month }, 1);
      if (date.getTime() < firstWeekOf({ year, month })) return moved({ year, month }, -1).month + 1;
      return (date.getTime() >= firstWeekOf(next) ? next.month : month) + 1;
    }
    case 'H':
      return date.getUTCHours();
    case 'h':
      return date.getUTCHours() % 12 || 12;
    case 'm':
      return date.getUTCMinutes();
    case 's':
      return date.getUTCSeconds();
    case 'f':
      return date.getUTCMilliseconds();
    case 'P':
      return date.getUTCHours() >= 12 ? 1 : 0;
    case 'Z':
    case 'z':
    case 'C':
    case 'E':
      return 0;
  }
}

interface YearMonth {
  readonly year: number;
  readonly month: number;
}

function moved({ year, month }: YearMonth, months: number): YearMonth {
  const total = year * 12 + month + months;
  return { year: Math.floor(total / 12), month: ((total % 12) + 12) % 12 };
}

/** When the first week of a year or month begins: on a Monday, and it holds the first Thursday (ISO 8601). */
function firstWeekOf({ year, month }: YearMonth): number {
  const first = Date.UTC(year, month);
  const weekday = new Date(first).getUTCDay() || 7;
  return weekday > 4 ? first + (8 - weekday) * DAY : first - (weekday - 1) * DAY;
}

/** The number of the week in its year (12 months) or month; the edges belong to the neighbour. */
function weekIn(period: YearMonth, today: number, most: number, months: number): number {
  const weekSince = (start: number): number => (today - start) / (DAY * 7) + 1;
  let week = weekSince(firstWeekOf(period));
  if (week > most && today >= firstWeekOf(moved(period, months))) week = 1;
  else if (week < 1) week = weekSince(firstWeekOf(moved(period, -months)));
  return Math.floor(week);
}
