import { Failure } from '../failure.ts';
import { regularDistance } from './formatNumber.ts';

/** How an integer is written: the part of XPath's `format-integer` that the `jsonata` package knows. */
export type IntegerFormat = { readonly ordinal: boolean } & (
  | { readonly kind: 'letters' | 'roman' | 'words'; readonly case: LetterCase }
  | { readonly kind: 'sequence'; readonly token: string }
  | {
      readonly kind: 'decimal';
      /** The code point of the digit zero. */
      readonly zero: number;
      readonly mandatoryDigits: number;
      readonly optionalDigits: number;
      readonly separators: Separators;
    }
);

export type LetterCase = 'upper' | 'lower' | 'title';

type Separators =
  | { readonly kind: 'regular'; readonly distance: number; readonly character: string }
  | { readonly kind: 'irregular'; readonly positions: readonly Separator[] };

interface Separator {
  readonly position: number;
  readonly character: string;
}

/** @see https://www.w3.org/TR/xpath-functions-31/#formatting-integers */
export function integerFormat(picture: string): IntegerFormat {
  const semicolon = picture.lastIndexOf(';');
  const primary = semicolon === -1 ? picture : picture.slice(0, semicolon);
  const ordinal = semicolon !== -1 && picture[semicolon + 1] === 'o';
  switch (primary) {
    case 'A':
    case 'a':
      return { kind: 'letters', case: primary === 'A' ? 'upper' : 'lower', ordinal };
    case 'I':
    case 'i':
      return { kind: 'roman', case: primary === 'I' ? 'upper' : 'lower', ordinal };
    case 'W':
    case 'Ww':
    case 'w':
      return {
        kind: 'words',
        case: primary === 'W' ? 'upper' : primary === 'w' ? 'lower' : 'title',
        ordinal,
      };
    default:
      return decimalFormat(primary, ordinal);
  }
}

function decimalFormat(primary: string, ordinal: boolean): IntegerFormat {
  let zero: number | undefined;
  let mandatoryDigits = 0;
  let optionalDigits = 0;
  let position = 0;
  const found: Separator[] = [];
  for (const character of Array.from(primary).reverse()) {
    const code = character.codePointAt(0) ?? 0;
    const group = DIGIT_GROUPS.find(first => code >= first && code <= first + 9);
    if (group !== undefined) {
      mandatoryDigits++;
      position++;
      zero ??= group;
      if (group !== zero) throw new Failure('D3131');
    } else if (character === '#') {
      position++;
      optionalDigits++;
    } else {
      found.push({ position, character });
    }
  }
  if (zero === undefined) return { kind: 'sequence', token: primary, ordinal };
  const character = found[0]?.character ?? '';
  const isUniform = found.every(separator => separator.character === character);
  const distance = isUniform ? regularDistance(found.map(separator => separator.position)) : 0;
  const separators: Separators =
    distance > 0 ? { kind: 'regular', distance, character } : { kind: 'irregular', positions: found };
  return { kind: 'decimal', zero, mandatoryDigits, optionalDigits, separators, ordinal };
}

const DIGIT_GROUPS = [
  0x30, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
  0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
  0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

export function writeInteger(value: number, format: IntegerFormat): string {
  const text = writeAmount(Math.abs(value), format);
  return value < 0 ? '-' + text : text;
}

function writeAmount(amount: number, format: IntegerFormat): string {
  switch (format.kind) {
    case 'letters':
      return letters(amount, format.case === 'upper' ? 0x41 : 0x61);
    case 'roman':
      return format.case === 'upper' ? roman(amount).toUpperCase() : roman(amount);
    case 'words': {
      const text = words(amount, false, format.ordinal);
      return format.case === 'upper'
        ? text.toUpperCase()
        : format.case === 'lower'
          ? text.toLowerCase()
          : text;
    }
    case 'sequence':
      throw new Failure('D3130', { value: format.token });
    case 'decimal':
      return decimal(amount, format);
  }
}

function decimal(amount: number, format: Extract<IntegerFormat, { kind: 'decimal' }>): string {
  let text = String(amount).padStart(Math.min(format.mandatoryDigits, 10_000), '0');
  if (format.zero !== 0x30) {
    text = Array.from(text, digit =>
      String.fromCodePoint((digit.codePointAt(0) ?? 0) + format.zero - 0x30),
    ).join('');
  }
  const { separators } = format;
  if (separators.kind === 'regular') {
    for (let at = text.length - separators.distance; at > 0; at -= separators.distance) {
      text = text.slice(0, at) + separators.character + text.slice(at);
    }
  } else {
    for (const { position, character } of separators.positions.toReversed()) {
      const at = text.length - position;
      // A separator further left than there are digits swallows some, as in the package.
      text = text.slice(0, Math.max(0, at)) + character + text.slice(at);
    }
  }
  return format.ordinal ? text + ordinalEnding(text) : text;
}

function ordinalEnding(text: string): string {
  const isTeen = text.length > 1 && text.at(-2) === '1';
  const ending = isTeen
    ? undefined
    : new Map([
        ['1', 'st'],
        ['2', 'nd'],
        ['3', 'rd'],
      ]).get(text.at(-1) ?? '');
  return ending ?? 'th';
}

function letters(amount: number, first: number): string {
  let text = '';
  for (let rest = amount; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(((rest - 1) % 26) + first) + text;
  }
  return text;
}

/** Reads letters as a number to the base of 26. */
function numberOfLetters(text: string, isUpper: boolean): number {
  const first = isUpper ? 0x41 : 0x61;
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    value += (text.charCodeAt(text.length - index - 1) - first + 1) * 26 ** index;
  }
  return value;
}

const ROMAN = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const;

function roman(amount: number): string {
  let text = '';
  let rest = amount;
  for (const [value, numeral] of ROMAN) {
    const count = Math.floor(rest / value);
    // A number in the millions would be thousands of `m`; the package runs out of stack there.
    if (count > 10_000) throw new Failure('D3130', { value: 'I' });
    text += numeral.repeat(count);
    rest -= count * value;
  }
  return text;
}

const ROMAN_VALUES: ReadonlyMap<string, number> = new Map([
  ['M', 1000],
  ['D', 500],
  ['C', 100],
  ['L', 50],
  ['X', 10],
  ['V', 5],
  ['I', 1],
]);

function numberOfRoman(text: string): number {
  let total = 0;
  let greatest = 1;
  for (const numeral of Array.from(text.toUpperCase()).reverse()) {
    const value = ROMAN_VALUES.get(numeral) ?? NaN;
    if (value < greatest) {
      total -= value;
    } else {
      greatest = value;
      total += value;
    }
  }
  return total;
}

const ONES =
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen'.split(
    ' ',
  );
const ORDINALS =
  'Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth'.split(
    ' ',
  );
const TENS = 'Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety Hundred'.split(' ');
const MAGNITUDES = 'Thousand Million Billion Trillion'.split(' ');

function words(amount: number, isContinued: boolean, ordinal: boolean): string {
  if (amount <= 19) return (isContinued ? ' and ' : '') + ((ordinal ? ORDINALS : ONES)[amount] ?? '');
  if (amount < 100) {
    const text = (isContinued ? ' and ' : '') + (TENS[Math.floor(amount / 10) - 2] ?? '');
    const rest = amount % 10;
    if (rest > 0) return `${text}-${words(rest, false, ordinal)}`;
    return ordinal ? text.slice(0, -1) + 'ieth' : text;
  }
  if (amount < 1000) {
    const text = `${isContinued ? ', ' : ''}${ONES[Math.floor(amount / 100)] ?? ''} Hundred`;
    return text + remainder(amount % 100, ordinal);
  }
  const magnitude = Math.min(Math.floor(Math.log10(amount) / 3), MAGNITUDES.length);
  const factor = 10 ** (magnitude * 3);
  const count = Math.floor(amount / factor);
  const text = `${isContinued ? ', ' : ''}${words(count, false, false)} ${MAGNITUDES[magnitude - 1] ?? ''}`;
  return text + remainder(amount - count * factor, ordinal);
}

function remainder(rest: number, ordinal: boolean): string {
  if (rest > 0) return words(rest, true, ordinal);
  return ordinal ? 'th' : '';
}

const WORD_VALUES: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, value) => [word.toLowerCase(), value] as const),
  ...ORDINALS.map((word, value) => [word.toLowerCase(), value] as const),
  ...TENS.flatMap((word, index) => {
    const lower = word.toLowerCase();
    const value = (index + 2) * 10;
    return [[lower, value] as const, [lower.slice(0, -1) + 'ieth', value] as const];
  }),
  ['hundredth', 100] as const,
  ...MAGNITUDES.flatMap((word, index) => {
    const lower = word.toLowerCase();
    const value = 10 ** ((index + 1) * 3);
    return [[lower, value] as const, [lower + 'th', value] as const];
  }),
]);

export const NUMBER_WORDS: readonly string[] = [...WORD_VALUES.keys()];

function numberOfWords(text: string): number {
  const segments = [0];
  for (const word of text.split(/,\s|\sand\s|[\s\\-]/)) {
    const value = WORD_VALUES.get(word) ?? NaN;
    const top = segments.pop() ?? 0;
    if (!(value < 100)) segments.push(top * value);
    else if (top >= 1000) segments.push(top, value);
    else segments.push(top + value);
  }
  return segments.reduce((sum, each) => sum + each, 0);
}

/** Reads an integer the way its format would write it; what does not fit is not a number. */
export function readInteger(text: string, format: IntegerFormat): number {
  switch (format.kind) {
    case 'letters':
      return numberOfLetters(text, format.case === 'upper');
    case 'roman':
      return numberOfRoman(text);
    case 'words':
      return numberOfWords(text.toLowerCase());
    case 'sequence':
      throw new Failure('D3130', { value: format.token });
    case 'decimal': {
      const { separators } = format;
      let digits = format.ordinal ? text.slice(0, -2) : text;
      if (separators.kind === 'regular') digits = digits.replaceAll(',', '');
      else for (const { character } of separators.positions) digits = digits.replaceAll(character, '');
      if (format.zero !== 0x30) {
        digits = digits
          .split('')
          .map(char => String.fromCodePoint(Math.max(0, char.charCodeAt(0) - format.zero + 0x30)))
          .join('');
      }
      return parseInt(digits, 10);
    }
  }
}
