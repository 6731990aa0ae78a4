import { Failure } from '../failure.ts';
import type { Run } from '../run.ts';
import { isObject, valueOf, type Value } from '../value.ts';
import { rounded } from './rounded.ts';

/**
 * Writes a number by a picture.
 *
 * The steps are those of XPath's `format-number`, with the departures of the `jsonata` package.
 * @see https://www.w3.org/TR/xpath-functions-31/#formatting-numbers
 */
export function formatNumber(value: number, picture: Value, options: Value, run: Run): string {
  const symbols = symbolsFrom(options);
  const text = typeof picture === 'string' ? picture : '';
  run.allocate(text.length + 400);
  run.work(text.length);
  const pictures = text.split(symbols.patternSeparator);
  if (pictures.length > 2) throw new Failure('D3080');
  const analysed = pictures.map(each => analyse(split(each, symbols), symbols));
  const [positive] = analysed;
  if (positive === undefined) throw new Failure('D3085');
  const negative = analysed[1] ?? { ...positive, prefix: symbols.minusSign + positive.prefix };
  return write(value, value >= 0 ? positive : negative, symbols);
}

interface Symbols {
  readonly decimalSeparator: string;
  readonly groupingSeparator: string;
  readonly exponentSeparator: string;
  readonly minusSign: string;
  readonly percent: string;
  readonly perMille: string;
  readonly zeroDigit: string;
  readonly digit: string;
  readonly patternSeparator: string;
  readonly digits: readonly string[];
}

function symbolsFrom(options: Value): Symbols {
  const option = (name: string, otherwise: string): string => {
    const value = isObject(options) ? valueOf(options, name) : undefined;
    return typeof value === 'string' ? value : otherwise;
  };
  const zeroDigit = option('zero-digit', '0');
  const zero = zeroDigit.charCodeAt(0);
  return {
    decimalSeparator: option('decimal-separator', '.'),
    groupingSeparator: option('grouping-separator', ','),
    exponentSeparator: option('exponent-separator', 'e'),
    minusSign: option('minus-sign', '-'),
    percent: option('percent', '%'),
    perMille: option('per-mille', '\u2030'),
    zeroDigit,
    digit: option('digit', '#'),
    patternSeparator: option('pattern-separator', ';'),
    digits: Array.from({ length: 10 }, (_, index) => String.fromCharCode(zero + index)),
  };
}

interface Parts {
  readonly prefix: string;
  readonly suffix: string;
  readonly active: string;
  readonly mantissa: string;
  readonly exponent: string | undefined;
  readonly integer: string;
  readonly fraction: string;
  readonly picture: string;
}

/** Takes a picture apart; one that breaks a rule fails with the last rule it breaks. */
function split(picture: string, symbols: Symbols): Parts {
  const isActive = (char: string): boolean =>
    symbols.digits.includes(char) ||
    char === symbols.decimalSeparator ||
    char === symbols.groupingSeparator ||
    char === symbols.digit ||
    char === symbols.patternSeparator;
  const chars = picture.split('');
  const hasActive = chars.some(isActive);
  const prefix = hasActive ? picture.slice(0, chars.findIndex(isActive)) : '';
  const suffix = hasActive ? picture.slice(chars.findLastIndex(isActive) + 1) : '';
  const active = picture.slice(prefix.length, picture.length - suffix.length);
  const exponentAt = picture.indexOf(symbols.exponentSeparator, prefix.length);
  const hasExponent = exponentAt !== -1 && exponentAt <= picture.length - suffix.length;
  // The position is one in the whole picture, though the active part is cut: as the package does.
  const mantissa = hasExponent ? active.slice(0, exponentAt) : active;
  const exponent = hasExponent ? active.slice(exponentAt + 1) : undefined;
  const decimalAt = mantissa.indexOf(symbols.decimalSeparator);
  const integer = decimalAt === -1 ? mantissa : mantissa.slice(0, decimalAt);
  const fraction = decimalAt === -1 ? suffix : mantissa.slice(decimalAt + 1);
  const parts = { prefix, suffix, active, mantissa, exponent, integer, fraction, picture };
  const broken = brokenRule(parts, symbols);
  if (broken) throw new Failure(broken);
  return parts;
}

function brokenRule(parts: Parts, symbols: Symbols): string | undefined {
  const { picture, integer, fraction, exponent } = parts;
  const { decimalSeparator, groupingSeparator, percent, perMille, digit } = symbols;
  const isDigit = (char: string): boolean => symbols.digits.includes(char);
  const occursTwice = (text: string): boolean => picture.indexOf(text) !== picture.lastIndexOf(text);
  const isActive = (char: string): boolean =>
    isDigit(char) ||
    [
      decimalSeparator,
      symbols.exponentSeparator,
      groupingSeparator,
      digit,
      symbols.patternSeparator,
    ].includes(char);
  const decimalAt = picture.indexOf(decimalSeparator);
  const optionalInInteger = integer.indexOf(digit);
  const optionalInFraction = fraction.lastIndexOf(digit);
  let broken: string | undefined;
  if (occursTwice(decimalSeparator)) broken = 'D3081';
  if (occursTwice(percent)) broken = 'D3082';
  if (occursTwice(perMille)) broken = 'D3083';
  if (picture.includes(percent) && picture.includes(perMille)) broken = 'D3084';
  if (!parts.mantissa.split('').some(char => isDigit(char) || char === digit)) broken = 'D3085';
  if (!parts.active.split('').every(isActive)) broken = 'D3086';
  if (decimalAt !== -1) {
    const neighbours = [picture.charAt(decimalAt - 1), picture.charAt(decimalAt + 1)];
    if (neighbours.includes(groupingSeparator)) broken = 'D3087';
  } else if (integer.endsWith(groupingSeparator)) {
    broken = 'D3088';
  }
  if (picture.includes(groupingSeparator + groupingSeparator)) broken = 'D3089';
  if (optionalInInteger !== -1 && integer.slice(0, optionalInInteger).split('').some(isDigit))
    broken = 'D3090';
  if (optionalInFraction !== -1 && fraction.slice(optionalInFraction).split('').some(isDigit))
    broken = 'D3091';
  if (
    exponent !== undefined &&
    exponent.length > 0 &&
    (picture.includes(percent) || picture.includes(perMille))
  ) {
    broken = 'D3092';
  }
  if (exponent !== undefined && (exponent.length === 0 || !exponent.split('').every(isDigit)))
    broken = 'D3093';
  return broken;
}

interface Analysis {
  readonly prefix: string;
  readonly suffix: string;
  readonly picture: string;
  readonly integerGroups: readonly number[];
  /** The distance of the separators when it is always the same, else 0. */
  readonly regularGroup: number;
  readonly fractionGroups: readonly number[];
  readonly minimumInteger: number;
  readonly scaling: number;
  readonly minimumFraction: number;
  readonly maximumFraction: number;
  readonly minimumExponent: number;
}

function analyse(parts: Parts, symbols: Symbols): Analysis {
  const countDigits = (text: string): number =>
    text.split('').filter(char => symbols.digits.includes(char)).length;
  const countPlaces = (text: string): number =>
    text.split('').filter(char => symbols.digits.includes(char) || char === symbols.digit).length;
  const groupsOf = (part: string, isFraction: boolean): readonly number[] => {
    const positions: number[] = [];
    let at = part.indexOf(symbols.groupingSeparator);
    while (at !== -1) {
      positions.push(countPlaces(isFraction ? part.slice(0, at) : part.slice(at)));
      // The package goes on in the integer part, also when it began in the fraction.
      at = parts.integer.indexOf(symbols.groupingSeparator, at + 1);
    }
    return positions;
  };
  const { integer, fraction, exponent } = parts;
  const integerGroups = groupsOf(integer, false);
  const scaling = countDigits(integer);
  let minimumInteger = scaling;
  let minimumFraction = countDigits(fraction);
  let maximumFraction = countPlaces(fraction);
  const hasExponent = exponent !== undefined;
  if (minimumInteger === 0 && maximumFraction === 0) {
    if (hasExponent) {
      minimumFraction = 1;
      maximumFraction = 1;
    } else {
      minimumInteger = 1;
    }
  }
  if (hasExponent && minimumInteger === 0 && integer.includes(symbols.digit)) minimumInteger = 1;
  if (minimumInteger === 0 && minimumFraction === 0) minimumFraction = 1;
  return {
    prefix: parts.prefix,
    suffix: parts.suffix,
    picture: parts.picture,
    integerGroups,
    regularGroup: regularDistance(integerGroups),
    fractionGroups: groupsOf(fraction, true),
    minimumInteger,
    scaling,
    minimumFraction,
    maximumFraction,
    minimumExponent: hasExponent ? countDigits(exponent) : 0,
  };
}

/** The distance of positions that are all its multiples, without a gap; else 0. */
export function regularDistance(positions: readonly number[]): number {
  if (positions.length === 0) return 0;
  const distance = positions.reduce(greatestCommonDivisor);
  return positions.every((_, index) => positions.includes((index + 1) * distance)) ? distance : 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function write(value: number, analysis: Analysis, symbols: Symbols): string {
  const { picture } = analysis;
  const factor = picture.includes(symbols.percent) ? 100 : picture.includes(symbols.perMille) ? 1000 : 1;
  const { mantissa, exponent } = scaled(value * factor, analysis);
  // `toFixed` can do no more than 100 places, and a double has no use for more.
  const places = Math.min(analysis.maximumFraction, 100);
  const number = digitsOf(rounded(mantissa, places), places, symbols).replace('.', symbols.decimalSeparator);
  const [wholeDigits, fractionDigits] = number.includes(symbols.decimalSeparator)
    ? splitOnce(number, symbols.decimalSeparator)
    : ([number, ''] as const);
  const whole = withoutLeading(wholeDigits, symbols.zeroDigit).padStart(
    analysis.minimumInteger,
    symbols.zeroDigit,
  );
  const fraction = withoutTrailing(fractionDigits, symbols.zeroDigit).padEnd(
    analysis.minimumFraction,
    symbols.zeroDigit,
  );
  let text = withIntegerGroups(whole, fraction, analysis, symbols);
  const pointAt = text.indexOf(symbols.decimalSeparator);
  for (const position of analysis.fractionGroups) {
    const at = position + pointAt + 1;
    text = text.slice(0, at) + symbols.groupingSeparator + text.slice(at);
  }
  const needsPoint = picture.includes(symbols.decimalSeparator) && !text.endsWith(symbols.decimalSeparator);
  if (!needsPoint) text = text.slice(0, -1);
  if (exponent !== undefined) {
    const digits = digitsOf(exponent, 0, symbols).padStart(analysis.minimumExponent, symbols.zeroDigit);
    text += symbols.exponentSeparator + (exponent < 0 ? symbols.minusSign : '') + digits;
  }
  return analysis.prefix + text + analysis.suffix;
}

/** Moves the point so that the mantissa has the digits the picture wants. */
function scaled(
  value: number,
  analysis: Analysis,
): { readonly mantissa: number; readonly exponent?: number } {
  if (analysis.minimumExponent === 0) return { mantissa: value };
  const most = 10 ** analysis.scaling;
  const least = 10 ** (analysis.scaling - 1);
  let mantissa = value;
  let exponent = 0;
  // The package compares the signed value and never ends for zero and below; XPath means its size.
  while (mantissa !== 0 && Math.abs(mantissa) < least) {
    mantissa *= 10;
    exponent--;
  }
  while (Math.abs(mantissa) > most && Number.isFinite(mantissa)) {
    mantissa /= 10;
    exponent++;
  }
  return { mantissa, exponent };
}

function digitsOf(value: number, places: number, symbols: Symbols): string {
  const text = Math.abs(value).toFixed(places);
  if (symbols.zeroDigit === '0') return text;
  return text.replaceAll(/[0-9]/g, digit => symbols.digits[Number(digit)] ?? digit);
}

/** Positions beyond the digits count from the other end of the whole text, as in the package. */
function withIntegerGroups(whole: string, fraction: string, analysis: Analysis, symbols: Symbols): string {
  let text = whole + symbols.decimalSeparator + fraction;
  const insertAt = (at: number): void => {
    text = text.slice(0, at) + symbols.groupingSeparator + text.slice(at);
  };
  if (analysis.regularGroup > 0) {
    const groups = Math.floor((whole.length - 1) / analysis.regularGroup);
    for (let group = 1; group <= groups; group++) insertAt(whole.length - group * analysis.regularGroup);
  } else {
    for (const [done, position] of analysis.integerGroups.entries()) insertAt(whole.length + done - position);
  }
  return text;
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}

function withoutLeading(text: string, char: string): string {
  let start = 0;
  while (start < text.length && text[start] === char) start++;
  return text.slice(start);
}

function withoutTrailing(text: string, char: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === char) end--;
  return text.slice(0, end);
}
