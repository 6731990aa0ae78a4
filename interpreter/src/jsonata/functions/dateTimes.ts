import { compileRegex } from '#interpreter/regex/boundedRegex.ts';
import { Failure } from '../failure.ts';
import type { Run } from '../run.ts';
import { findMatch } from '../regexFunction.ts';
import type { Value } from '../value.ts';
import { dateTimeFormat, type Component, type FormatPart } from './dateTimePicture.ts';
import { dateTimeComponent, DAYS, MONTHS } from './dateTimeComponents.ts';
import type { Functions } from './functions.ts';
import { integerFormat, NUMBER_WORDS, readInteger, writeInteger, type IntegerFormat } from './integers.ts';

export const dateTimeFunctions = {
  now: ([picture, timezone], run) => formatted(run.now(), picture, timezone, run),
  millis: (_, run) => run.now(),
  fromMillis: ([millis, picture, timezone], run) =>
    typeof millis === 'number' ? formatted(millis, picture, timezone, run) : undefined,
  toMillis: ([timestamp, picture], run) => {
    if (typeof timestamp !== 'string') return undefined;
    return typeof picture === 'string' ? parsed(timestamp, picture, run) : parsedIso(timestamp);
  },
  formatInteger: ([value, picture], run) => {
    if (typeof value !== 'number') return undefined;
    const text = writeInteger(Math.floor(value), integerFormat(textOf(picture)));
    run.allocate(text.length);
    return text;
  },
  parseInteger: ([text, picture]) =>
    typeof text === 'string' ? readInteger(text, integerFormat(textOf(picture))) : undefined,
} satisfies Functions;

const ISO_PICTURE = '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]';

/** As the package has it, but each part at most once: repeated ones are no time, and slow to match. */
const ISO_TIMESTAMP =
  /^\d{4}(?:-[01]\d)?(?:-[0-3]\d)?(?:T[0-2]\d:[0-5]\d:[0-5]\d)?(?:\.\d+)?(?:[+-][0-2]\d:?[0-5]\d|Z)?$/;

function textOf(value: Value): string {
  return typeof value === 'string' ? value : '';
}

function parsedIso(timestamp: string): number {
  if (!ISO_TIMESTAMP.test(timestamp)) throw new Failure('D3110', { value: timestamp });
  // Without an offset JavaScript would take the time of wherever it runs; Step Functions runs in UTC.
  const isLocal = timestamp.includes('T') && !/(?:Z|[+-]\d\d:?\d\d)$/.test(timestamp);
  return Date.parse(isLocal ? timestamp + 'Z' : timestamp);
}

function formatted(millis: number, picture: Value, timezone: Value, run: Run): string {
  const format = dateTimeFormat(typeof picture === 'string' ? picture : ISO_PICTURE);
  run.work(format.length);
  const offset = typeof timezone === 'string' ? parseInt(timezone, 10) : 0;
  const hours = Math.floor(offset / 100);
  const minutes = offset % 100;
  const date = new Date(millis + (60 * hours + minutes) * 60_000);
  const parts = format.map(part =>
    part.kind === 'literal' ? part.text : writePart(date, part, hours, minutes),
  );
  const text = parts.join('');
  run.allocate(text.length);
  return text;
}

type Marker = Extract<FormatPart, { kind: 'marker' }>;

function writePart(date: Date, marker: Marker, offsetHours: number, offsetMinutes: number): string {
  const { component } = marker;
  if (component === 'Z' || component === 'z') return writeOffset(marker, offsetHours, offsetMinutes);
  const value = dateTimeComponent(date, component);
  if (component === 'P') {
    const half = date.getUTCHours() >= 12 ? 'pm' : 'am';
    return marker.names === 'upper' ? half.toUpperCase() : half;
  }
  if (component === 'C' || component === 'E') return 'ISO';
  if (component === 'f' || marker.names === undefined) {
    const shown =
      component === 'Y' && marker.maximumDigits !== -1 ? value % 10 ** marker.maximumDigits : value;
    return marker.integer ? writeInteger(shown, marker.integer) : '';
  }
  const name =
    component === 'M' || component === 'x' ? MONTHS[value - 1] : component === 'F' ? DAYS[value] : undefined;
  if (name === undefined) throw new Failure('D3133', { value: component });
  const cased =
    marker.names === 'upper' ? name.toUpperCase() : marker.names === 'lower' ? name.toLowerCase() : name;
  return marker.maximumWidth === undefined ? cased : cased.slice(0, marker.maximumWidth);
}

function writeOffset(marker: Marker, hours: number, minutes: number): string {
  const { integer } = marker;
  const offset = hours * 100 + minutes;
  if (offset === 0 && marker.isTraditional) return 'Z';
  if (integer?.kind !== 'decimal') throw new Failure('D3134', {});
  let text: string;
  if (
    integer.separators.kind === 'regular' ||
    integer.mandatoryDigits === 3 ||
    integer.mandatoryDigits === 4
  ) {
    text = writeInteger(offset, integer);
  } else if (integer.mandatoryDigits === 1 || integer.mandatoryDigits === 2) {
    text = writeInteger(hours, integer);
    if (minutes !== 0) text += ':' + writeInteger(Math.floor(minutes), integerFormat('00'));
  } else {
    throw new Failure('D3134', { value: integer.mandatoryDigits });
  }
  return (marker.component === 'z' ? 'GMT' : '') + (offset >= 0 ? '+' : '') + text;
}

interface PartReader {
  readonly component: Component | undefined;
  /** The regular expression that finds the part. */
  readonly pattern: string;
  read?(text: string): number | undefined;
}

/** Reads a time by a picture; undefined when the text does not fit it. */
function parsed(timestamp: string, picture: string, run: Run): number | undefined {
  const readers = dateTimeFormat(picture).map((part, index, parts) => readerOf(part, parts[index + 1]));
  const source = '^' + readers.map(reader => `(${reader.pattern})`).join('') + '$';
  const regex = compileRegex(source, 'i', 'javascript');
  if (regex === undefined) throw new Failure('D3136');
  const match = findMatch(regex, timestamp, 0, run);
  if (match === undefined) return undefined;
  const components = new Map<Component, number | undefined>();
  for (const [index, reader] of readers.entries()) {
    const text = match.groups[index];
    if (reader.component && reader.read) components.set(reader.component, reader.read(text ?? ''));
  }
  return components.size === 0 ? undefined : instantOf(components, run);
}

function readerOf(part: FormatPart, next: FormatPart | undefined): PartReader {
  if (part.kind === 'literal') {
    return { component: undefined, pattern: part.text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') };
  }
  const { component, integer } = part;
  if (component === 'Z' || component === 'z') return offsetReader(part);
  if (component === 'f') {
    return { component, pattern: '[0-9]+', read: text => parseFloat(`0.${text.slice(0, 3)}`) * 1000 };
  }
  if (integer) {
    return { component, pattern: integerPattern(integer, next), read: text => readInteger(text, integer) };
  }
  const names = namesOf(part);
  return { component, pattern: '[a-zA-Z]+', read: text => names.get(text) };
}

function offsetReader(part: Marker): PartReader {
  const { component, integer } = part;
  const separators = integer?.kind === 'decimal' ? integer.separators : undefined;
  const separator = separators?.kind === 'regular' ? separators.character : undefined;
  const prefix = component === 'z' ? 'GMT' : '';
  return {
    component,
    pattern: `${prefix}[-+][0-9]+${separator === undefined ? '' : `${separator}[0-9]+`}`,
    read: text => {
      const offset = text.slice(prefix.length);
      const hourEnd = separator === undefined ? Math.min(3, offset.length) : offset.indexOf(separator);
      const hours = parseInt(offset.slice(0, hourEnd), 10);
      const rest = separator === undefined ? offset.slice(hourEnd) : offset.slice(hourEnd + 1);
      return hours * 60 + (rest === '' ? 0 : parseInt(rest, 10));
    },
  };
}

/** `next`: digits right behind digits are told apart by their number. */
function integerPattern(format: IntegerFormat, next: FormatPart | undefined): string {
  switch (format.kind) {
    case 'letters':
      return format.case === 'upper' ? '[A-Z]+' : '[a-z]+';
    case 'roman':
      return format.case === 'upper' ? '[MDCLXVI]+' : '[mdclxvi]+';
    case 'words':
      return `(?:${[...NUMBER_WORDS, 'and', '[\\-, ]'].join('|')})+`;
    case 'sequence':
      throw new Failure('D3130', { value: format.token });
    case 'decimal': {
      const isFollowedByDigits =
        next?.kind === 'marker' && next.integer !== undefined && !'Zz'.includes(next.component);
      const times = isFollowedByDigits ? `{${format.mandatoryDigits}}` : '+';
      return `[0-9]${times}${format.ordinal ? '(?:th|st|nd|rd)' : ''}`;
    }
  }
}

function namesOf(part: Marker): ReadonlyMap<string, number> {
  const width = part.maximumWidth;
  const short = (name: string): string => (width ? name.slice(0, width) : name);
  switch (part.component) {
    case 'M':
    case 'x':
      return new Map(MONTHS.map((name, index) => [short(name), index + 1]));
    case 'F':
      return new Map(DAYS.slice(1).map((name, index) => [short(name), index + 1]));
    case 'P':
      return new Map([
        ['am', 0],
        ['AM', 0],
        ['pm', 1],
        ['PM', 1],
      ]);
    default:
      throw new Failure('D3133', { value: part.component });
  }
}

/**
 * The instant that the components read name. What is finer than the finest given is zero, what is
 * coarser than the coarsest is that of now; a gap between them is an error.
 */
function instantOf(read: ReadonlyMap<Component, number | undefined>, run: Run): number {
  const isGiven = (component: Component): boolean => Boolean(read.get(component));
  const onlyOf = (allowed: string, all: readonly Component[]): boolean =>
    all.some(isGiven) && all.every(component => allowed.includes(component) || !isGiven(component));
  const isDateA = onlyOf('YMD', DATE_COMPONENTS);
  const isDateB = !isDateA && onlyOf('Yd', DATE_COMPONENTS);
  const isDateC = onlyOf('Xxw', DATE_COMPONENTS);
  const isDateD = !isDateC && onlyOf('XW', DATE_COMPONENTS);
  const isTimeA = onlyOf('Hmsf', TIME_COMPONENTS);
  const isTimeB = !isTimeA && onlyOf('Phmsf', TIME_COMPONENTS);
  const order: readonly Component[] = [
    ...(isDateB ? DATE_B : isDateC ? DATE_C : isDateD ? DATE_D : DATE_A),
    ...(isTimeB ? TIME_B : TIME_A),
  ];
  const values = filledIn(read, order, new Date(run.now()));
  if (isDateC || isDateD) throw new Failure('D3136');
  const valueOf = (component: Component): number => values.get(component) ?? NaN;
  let month = valueOf('M') > 0 ? valueOf('M') - 1 : 0;
  let day = valueOf('D');
  if (isDateB) {
    const date = new Date(Date.UTC(valueOf('Y'), 0) + ((values.get('d') ?? NaN) - 1) * 86_400_000);
    month = date.getUTCMonth();
    day = date.getUTCDate();
  }
  let hour = valueOf('H');
  if (isTimeB) hour = (valueOf('h') === 12 ? 0 : valueOf('h')) + (valueOf('P') === 1 ? 12 : 0);
  const millis = Date.UTC(valueOf('Y'), month, day, hour, valueOf('m'), valueOf('s'), valueOf('f'));
  const offset = values.get('Z') || values.get('z') || 0;
  return millis - offset * 60_000;
}

function filledIn(
  read: ReadonlyMap<Component, number | undefined>,
  order: readonly Component[],
  now: Date,
): ReadonlyMap<Component, number> {
  const values = new Map<Component, number>();
  for (const [component, value] of read) if (value !== undefined) values.set(component, value);
  let hasBegun = false;
  let hasEnded = false;
  for (const component of order) {
    if (values.has(component)) {
      hasBegun = true;
      if (hasEnded) throw new Failure('D3136');
    } else if (hasBegun) {
      values.set(component, 'MDd'.includes(component) ? 1 : 0);
      hasEnded = true;
    } else {
      values.set(component, dateTimeComponent(now, component));
    }
  }
  return values;
}

const DATE_COMPONENTS = ['Y', 'X', 'M', 'x', 'W', 'w', 'd', 'D'] as const;
const TIME_COMPONENTS = ['P', 'H', 'h', 'm', 's', 'f'] as const;
const DATE_A = ['Y', 'M', 'D'] as const;
const DATE_B = ['Y', 'D'] as const;
const DATE_C = ['X', 'x', 'w', 'F'] as const;
const DATE_D = ['X', 'W', 'F'] as const;
const TIME_A = ['H', 'm', 's', 'f'] as const;
const TIME_B = ['P', 'h', 'm', 's', 'f'] as const;
