/** A function that JSONata expressions of a state machine can call. */
export interface JsonataFunction {
  /** Without `$`. */
  readonly name: string;
  /** Parameters as the documentation writes them; optional ones in brackets. */
  readonly parameters: string;
  /** One sentence on what it gives. */
  readonly summary: string;
  readonly origin: 'JSONata' | 'Step Functions';
  readonly link: string;
}

const guide =
  'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#built-in-jsonata-functions';

function group(page: string, rows: readonly (readonly [string, string, string])[]): JsonataFunction[] {
  return rows.map(([name, parameters, summary]) => ({
    name,
    parameters,
    summary,
    origin: page === guide ? 'Step Functions' : 'JSONata',
    link: page === guide ? guide : `https://docs.jsonata.org/${page}#${name.toLowerCase()}`,
  }));
}

/**
 * The functions of JSONata 2.0 without `$eval`, which Step Functions does not have, and those that
 * Step Functions adds.
 */
export const jsonataFunctions: readonly JsonataFunction[] = [
  ...group('string-functions', [
    ['string', 'arg[, prettify]', 'Gives the text of a value; of objects and arrays, JSON.'],
    ['length', 'str', 'Counts the characters of a string.'],
    [
      'substring',
      'str, start[, length]',
      'Gives the characters from `start` on; a negative one counts from the end.',
    ],
    ['substringBefore', 'str, chars', 'Gives what stands before the first `chars`, or all.'],
    ['substringAfter', 'str, chars', 'Gives what stands behind the first `chars`, or all.'],
    ['uppercase', 'str', 'Gives the string in upper case.'],
    ['lowercase', 'str', 'Gives the string in lower case.'],
    ['trim', 'str', 'Removes blanks at both ends and makes one of several inside.'],
    ['pad', 'str, width[, char]', 'Fills up to `width` characters; on the left when it is negative.'],
    ['contains', 'str, pattern', 'Says whether the string holds a string or matches a regular expression.'],
    ['split', 'str, separator[, limit]', 'Cuts a string at each separator into an array.'],
    ['join', 'array[, separator]', 'Makes one string of an array of strings.'],
    ['match', 'str, pattern[, limit]', 'Gives the matches of a regular expression with their groups.'],
    [
      'replace',
      'str, pattern, replacement[, limit]',
      'Replaces what equals a string or matches a regular expression.',
    ],
    ['base64encode', 'str', 'Encodes a string in Base64.'],
    ['base64decode', 'str', 'Decodes Base64 to a string.'],
    ['encodeUrlComponent', 'str', 'Encodes a part of a URL.'],
    ['encodeUrl', 'str', 'Encodes a URL.'],
    ['decodeUrlComponent', 'str', 'Decodes a part of a URL.'],
    ['decodeUrl', 'str', 'Decodes a URL.'],
  ]),
  ...group('numeric-functions', [
    ['number', 'arg', 'Reads a number from a string or boolean.'],
    ['abs', 'number', 'Gives the value without its sign.'],
    ['floor', 'number', 'Rounds down.'],
    ['ceil', 'number', 'Rounds up.'],
    ['round', 'number[, precision]', 'Rounds to a number of decimal places, halves to even.'],
    ['power', 'base, exponent', 'Raises `base` to the power of `exponent`.'],
    ['sqrt', 'number', 'Gives the square root.'],
    ['formatNumber', 'number, picture[, options]', 'Writes a number as a picture such as `#,##0.00` says.'],
    ['formatBase', 'number[, radix]', 'Writes an integer in another base.'],
    [
      'formatInteger',
      'number, picture',
      'Writes an integer as a picture says, also in words or Roman numerals.',
    ],
    ['parseInteger', 'string, picture', 'Reads an integer that is written as a picture says.'],
  ]),
  ...group('aggregation-functions', [
    ['sum', 'array', 'Adds the numbers of an array.'],
    ['max', 'array', 'Gives the largest number of an array.'],
    ['min', 'array', 'Gives the smallest number of an array.'],
    ['average', 'array', 'Gives the mean of the numbers of an array.'],
  ]),
  ...group('boolean-functions', [
    ['boolean', 'arg', 'Says whether a value counts as true.'],
    ['not', 'arg', 'Says whether a value counts as false.'],
    ['exists', 'arg', 'Says whether the expression gives any value.'],
  ]),
  ...group('array-functions', [
    ['count', 'array', 'Counts the items.'],
    ['append', 'array1, array2', 'Joins two arrays.'],
    ['sort', 'array[, function]', 'Sorts an array; the function says whether two items must be swapped.'],
    ['reverse', 'array', 'Turns the order of the items round.'],
    ['shuffle', 'array', 'Gives the items in random order.'],
    ['distinct', 'array', 'Leaves out items that came before.'],
    ['zip', 'array1, …', 'Makes an array of arrays of the first items, the second ones, and so on.'],
  ]),
  ...group('object-functions', [
    ['keys', 'object', 'Gives the names of the members.'],
    ['lookup', 'object, key', 'Gives the member of that name.'],
    ['spread', 'object', 'Makes an array of objects with one member each.'],
    ['merge', 'array', 'Makes one object of an array of objects; later members win.'],
    ['sift', 'object, function', 'Keeps the members for which the function gives true.'],
    ['each', 'object, function', 'Gives what the function makes of each member.'],
    ['error', '[message]', 'Fails with the message.'],
    ['assert', 'condition[, message]', 'Fails with the message unless the condition is true.'],
    ['type', 'value', 'Names the type of a value.'],
  ]),
  ...group('date-time-functions', [
    [
      'now',
      '[picture[, timezone]]',
      'Gives the time as an ISO 8601 timestamp, the same throughout an expression.',
    ],
    ['millis', '', 'Gives the time in milliseconds since 1970, the same throughout an expression.'],
    ['fromMillis', 'number[, picture[, timezone]]', 'Writes milliseconds since 1970 as a timestamp.'],
    ['toMillis', 'timestamp[, picture]', 'Reads a timestamp as milliseconds since 1970.'],
  ]),
  ...group('higher-order-functions', [
    ['map', 'array, function', 'Gives what the function makes of each item.'],
    ['filter', 'array, function', 'Keeps the items for which the function gives true.'],
    [
      'single',
      'array, function',
      'Gives the only item for which the function gives true; fails for none or several.',
    ],
    ['reduce', 'array, function[, init]', 'Combines the items to one value.'],
  ]),
  ...group('other-operators', [['clone', 'value', 'Gives a copy; what the transform operator starts from.']]),
  ...group(guide, [
    ['partition', 'array, size', 'Cuts an array into parts of the given size.'],
    ['range', 'first, last, step', 'Gives the numbers from first to last in equal steps.'],
    ['hash', 'text, algorithm', 'Gives the hash of a text: MD5, SHA-1, SHA-256, SHA-384 or SHA-512.'],
    ['random', '[seed]', 'Gives a random number from 0 up to, but not including, 1.'],
    ['uuid', '', 'Gives a random version 4 UUID.'],
    ['parse', 'text', 'Reads JSON text; takes the place of `$eval`.'],
  ]),
];

const byName: ReadonlyMap<string, JsonataFunction> = new Map(
  jsonataFunctions.map(jsonataFunction => [jsonataFunction.name, jsonataFunction]),
);

/** The function of that name, without `$`. */
export function jsonataFunctionNamed(name: string): JsonataFunction | undefined {
  return byName.get(name);
}
