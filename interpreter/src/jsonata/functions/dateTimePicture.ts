import { Failure } from '../failure.ts';
import { integerFormat, type IntegerFormat, type LetterCase } from './integers.ts';

/** A part of a date or time, by its letter in a picture. */
export type Component = keyof typeof DEFAULT_PRESENTATIONS;

export type FormatPart =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'marker';
      readonly component: Component;
      /** Written by name (`[FNn]`), in this case. */
      readonly names: LetterCase | undefined;
      /** Written as a number. */
      readonly integer: IntegerFormat | undefined;
      readonly maximumWidth: number | undefined;
      /** The last digits of the year that are written; -1 for all. */
      readonly maximumDigits: number;
      /** `[Z…t]`: UTC is `Z`. */
      readonly isTraditional: boolean;
    };

const DEFAULT_PRESENTATIONS = {
  Y: '1',
  M: '1',
  D: '1',
  d: '1',
  F: 'n',
  W: '1',
  w: '1',
  X: '1',
  x: '1',
  H: '1',
  h: '1',
  P: 'n',
  m: '01',
  s: '01',
  f: '1',
  Z: '01:01',
  z: '01:01',
  C: 'n',
  E: 'n',
} as const;

/**
 * Reads a picture such as `[Y0001]-[M01]-[D01]`.
 * @see https://www.w3.org/TR/xpath-functions-31/#date-picture-string
 */
export function dateTimeFormat(picture: string): readonly FormatPart[] {
  const parts: FormatPart[] = [];
  const addLiteral = (start: number, end: number): void => {
    if (end > start) parts.push({ kind: 'literal', text: picture.slice(start, end).replaceAll(']]', ']') });
  };
  let start = 0;
  let position = 0;
  while (position < picture.length) {
    if (picture[position] !== '[') {
      position++;
      continue;
    }
    addLiteral(start, position);
    if (picture[position + 1] === '[') {
      parts.push({ kind: 'literal', text: '[' });
      position += 2;
    } else {
      const close = picture.indexOf(']', position);
      if (close === -1) throw new Failure('D3135');
      parts.push(marker(picture.slice(position + 1, close).replaceAll(/\s/g, '')));
      position = close + 1;
    }
    start = position;
  }
  addLiteral(start, position);
  return parts;
}

function marker(text: string): FormatPart {
  const letter = text.charAt(0);
  const comma = text.lastIndexOf(',');
  const width = comma === -1 ? undefined : widthOf(text.slice(comma + 1));
  const written = comma === -1 ? text.slice(1) : text.slice(1, comma);
  const modifier = written.length > 1 && 'atco'.includes(written.at(-1) ?? '') ? written.at(-1) : undefined;
  if (!isComponent(letter)) throw new Failure('D3132', { value: letter });
  const presentation =
    written === '' ? DEFAULT_PRESENTATIONS[letter] : modifier === undefined ? written : written.slice(0, -1);
  const names = namesCase(presentation);
  let integer: IntegerFormat | undefined;
  let maximumDigits = -1;
  if (names === undefined && 'YMDdFWwXxHhmsf'.includes(letter)) {
    integer = integerFormat(modifier === undefined ? presentation : `${presentation};${modifier}`);
    if (width?.least !== undefined) integer = withDigits(integer, width.least, 'atLeast');
    if (letter === 'Y') {
      if (width?.most !== undefined) {
        maximumDigits = width.most;
        integer = withDigits(integer, width.most, 'exactly');
      } else if (integer.kind === 'decimal') {
        const digits = integer.mandatoryDigits + integer.optionalDigits;
        if (digits >= 2) maximumDigits = digits;
      }
    }
  }
  if (letter === 'Z' || letter === 'z') integer = integerFormat(presentation);
  return {
    kind: 'marker',
    component: letter,
    names,
    integer,
    maximumWidth: width?.most,
    maximumDigits,
    isTraditional: modifier === 't',
  };
}

function isComponent(letter: string): letter is Component {
  return Object.hasOwn(DEFAULT_PRESENTATIONS, letter);
}

function namesCase(presentation: string): LetterCase | undefined {
  if (presentation.startsWith('n')) return 'lower';
  if (presentation.startsWith('Nn')) return 'title';
  return presentation.startsWith('N') ? 'upper' : undefined;
}

interface Width {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

function widthOf(text: string): Width {
  const dash = text.indexOf('-');
  const number = (part: string): number | undefined => (part === '*' ? undefined : parseInt(part, 10));
  if (dash === -1) return { least: number(text), most: undefined };
  return { least: number(text.slice(0, dash)), most: number(text.slice(dash + 1)) };
}

function withDigits(format: IntegerFormat, digits: number, rule: 'atLeast' | 'exactly'): IntegerFormat {
  if (format.kind !== 'decimal' || (rule === 'atLeast' && !(format.mandatoryDigits < digits))) return format;
  return { ...format, mandatoryDigits: digits };
}
