/** One of the functions an expression can call. */
export interface JsonataFunction {
  readonly name: string;
  /** In JSONata's notation; `-` marks a parameter that the context value stands in for. */
  readonly signature: string;
  readonly parameterList: readonly JsonataParameter[];
  /** The parameters as documentation writes them: `str, start[, length]`. */
  readonly parameters: string;
  /** One sentence, in Markdown. */
  readonly summary: string;
  readonly example: {
    readonly expression: string;
    /** As JSON text; absent where the example fails, which is what the function is for. */
    readonly result: string | undefined;
  };
  readonly link: string;
  /** Added by Step Functions, or part of JSONata. */
  readonly origin: 'JSONata' | 'Step Functions';
}

export interface JsonataParameter {
  readonly name: string;
  readonly occurs: 'required' | 'optional' | 'repeated';
}

export type JsonataFunctionName = (typeof rows)[number]['name'];

const JSONATA = 'https://docs.jsonata.org/';
const STEP_FUNCTIONS = 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html';

/** The functions of JSONata 2.0 but `$eval`, which Step Functions does not have, and the six it adds. */
const rows = [
  {
    name: 'string',
    signature: '<x-b?:s>',
    parameterList: [
      { name: 'value', occurs: 'optional' },
      { name: 'prettify', occurs: 'optional' },
    ],
    summary: 'Writes a value as text: text stays as it is, everything else becomes JSON.',
    example: { expression: '$string({"a": 1})', result: '"{\\"a\\":1}"' },
    link: JSONATA + 'string-functions#string',
    origin: 'JSONata',
  },
  {
    name: 'length',
    signature: '<s-:n>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Counts the characters of a text.',
    example: { expression: "$length('Hello')", result: '5' },
    link: JSONATA + 'string-functions#length',
    origin: 'JSONata',
  },
  {
    name: 'substring',
    signature: '<s-nn?:s>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'start', occurs: 'required' },
      { name: 'length', occurs: 'optional' },
    ],
    summary:
      'Takes the characters from a position on, counted from 0; a negative position counts from the end.',
    example: { expression: "$substring('Hello World', 3, 5)", result: '"lo Wo"' },
    link: JSONATA + 'string-functions#substring',
    origin: 'JSONata',
  },
  {
    name: 'substringBefore',
    signature: '<s-s:s>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'chars', occurs: 'required' },
    ],
    summary: 'Takes what stands before the first occurrence of a text; all of it when there is none.',
    example: { expression: "$substringBefore('Hello World', ' ')", result: '"Hello"' },
    link: JSONATA + 'string-functions#substringbefore',
    origin: 'JSONata',
  },
  {
    name: 'substringAfter',
    signature: '<s-s:s>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'chars', occurs: 'required' },
    ],
    summary: 'Takes what stands behind the first occurrence of a text; all of it when there is none.',
    example: { expression: "$substringAfter('Hello World', ' ')", result: '"World"' },
    link: JSONATA + 'string-functions#substringafter',
    origin: 'JSONata',
  },
  {
    name: 'uppercase',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Makes all letters capital.',
    example: { expression: "$uppercase('Hello')", result: '"HELLO"' },
    link: JSONATA + 'string-functions#uppercase',
    origin: 'JSONata',
  },
  {
    name: 'lowercase',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Makes all letters small.',
    example: { expression: "$lowercase('Hello')", result: '"hello"' },
    link: JSONATA + 'string-functions#lowercase',
    origin: 'JSONata',
  },
  {
    name: 'trim',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Removes blanks at both ends and makes every other run of blanks one.',
    example: { expression: "$trim('  Hello   World ')", result: '"Hello World"' },
    link: JSONATA + 'string-functions#trim',
    origin: 'JSONata',
  },
  {
    name: 'pad',
    signature: '<s-ns?:s>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'width', occurs: 'required' },
      { name: 'char', occurs: 'optional' },
    ],
    summary: 'Fills a text up to a width: behind it, or before it when the width is negative.',
    example: { expression: "$pad('foo', -5, '#')", result: '"##foo"' },
    link: JSONATA + 'string-functions#pad',
    origin: 'JSONata',
  },
  {
    name: 'contains',
    signature: '<s-(sf):b>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'pattern', occurs: 'required' },
    ],
    summary: 'Tells whether a text contains another, or matches a regular expression.',
    example: { expression: "$contains('abracadabra', /a.*da/)", result: 'true' },
    link: JSONATA + 'string-functions#contains',
    origin: 'JSONata',
  },
  {
    name: 'split',
    signature: '<s-(sf)n?:a<s>>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'separator', occurs: 'required' },
      { name: 'limit', occurs: 'optional' },
    ],
    summary: 'Splits a text at a separator, which may be a regular expression.',
    example: { expression: "$split('a, b', ', ')", result: '["a","b"]' },
    link: JSONATA + 'string-functions#split',
    origin: 'JSONata',
  },
  {
    name: 'join',
    signature: '<a<s>s?:s>',
    parameterList: [
      { name: 'array', occurs: 'required' },
      { name: 'separator', occurs: 'optional' },
    ],
    summary: 'Joins texts into one, with a separator between them.',
    example: { expression: "$join(['a', 'b'], '-')", result: '"a-b"' },
    link: JSONATA + 'string-functions#join',
    origin: 'JSONata',
  },
  {
    name: 'match',
    signature: '<s-f<s:o>n?:a<o>>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'pattern', occurs: 'required' },
      { name: 'limit', occurs: 'optional' },
    ],
    summary: 'Finds the matches of a regular expression, each with its position and its groups.',
    example: { expression: "$match('ab12', /[0-9]+/)", result: '{"match":"12","index":2,"groups":[]}' },
    link: JSONATA + 'string-functions#match',
    origin: 'JSONata',
  },
  {
    name: 'replace',
    signature: '<s-(sf)(sf)n?:s>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'pattern', occurs: 'required' },
      { name: 'replacement', occurs: 'required' },
      { name: 'limit', occurs: 'optional' },
    ],
    summary:
      'Replaces occurrences of a text or a regular expression; `$1` in the replacement is the first group.',
    example: { expression: "$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", result: '"Smith, John"' },
    link: JSONATA + 'string-functions#replace',
    origin: 'JSONata',
  },
  {
    name: 'base64encode',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Encodes a text, one byte a character, as Base64.',
    example: { expression: "$base64encode('myuser:mypass')", result: '"bXl1c2VyOm15cGFzcw=="' },
    link: JSONATA + 'string-functions#base64encode',
    origin: 'JSONata',
  },
  {
    name: 'base64decode',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Decodes Base64 into a text, one character a byte.',
    example: { expression: "$base64decode('bXl1c2VyOm15cGFzcw==')", result: '"myuser:mypass"' },
    link: JSONATA + 'string-functions#base64decode',
    origin: 'JSONata',
  },
  {
    name: 'encodeUrlComponent',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Escapes a text for use in one part of a URL.',
    example: { expression: "$encodeUrlComponent('?x=test')", result: '"%3Fx%3Dtest"' },
    link: JSONATA + 'string-functions#encodeurlcomponent',
    origin: 'JSONata',
  },
  {
    name: 'encodeUrl',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Escapes what may not stand in a URL and leaves its punctuation.',
    example: {
      expression: "$encodeUrl('https://example.com/?x=й')",
      result: '"https://example.com/?x=%D0%B9"',
    },
    link: JSONATA + 'string-functions#encodeurl',
    origin: 'JSONata',
  },
  {
    name: 'decodeUrlComponent',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Undoes `$encodeUrlComponent`.',
    example: { expression: "$decodeUrlComponent('%3Fx%3Dtest')", result: '"?x=test"' },
    link: JSONATA + 'string-functions#decodeurlcomponent',
    origin: 'JSONata',
  },
  {
    name: 'decodeUrl',
    signature: '<s-:s>',
    parameterList: [{ name: 'str', occurs: 'optional' }],
    summary: 'Undoes `$encodeUrl`.',
    example: {
      expression: "$decodeUrl('https://example.com/?x=%D0%B9')",
      result: '"https://example.com/?x=й"',
    },
    link: JSONATA + 'string-functions#decodeurl',
    origin: 'JSONata',
  },
  {
    name: 'number',
    signature: '<(nsb)-:n>',
    parameterList: [{ name: 'value', occurs: 'optional' }],
    summary: 'Makes a number of a text or a boolean; fails when the text is none.',
    example: { expression: "$number('1.5e3')", result: '1500' },
    link: JSONATA + 'numeric-functions#number',
    origin: 'JSONata',
  },
  {
    name: 'abs',
    signature: '<n-:n>',
    parameterList: [{ name: 'number', occurs: 'optional' }],
    summary: 'Takes away the sign.',
    example: { expression: '$abs(-5)', result: '5' },
    link: JSONATA + 'numeric-functions#abs',
    origin: 'JSONata',
  },
  {
    name: 'floor',
    signature: '<n-:n>',
    parameterList: [{ name: 'number', occurs: 'optional' }],
    summary: 'Rounds down to an integer.',
    example: { expression: '$floor(-5.3)', result: '-6' },
    link: JSONATA + 'numeric-functions#floor',
    origin: 'JSONata',
  },
  {
    name: 'ceil',
    signature: '<n-:n>',
    parameterList: [{ name: 'number', occurs: 'optional' }],
    summary: 'Rounds up to an integer.',
    example: { expression: '$ceil(5.3)', result: '6' },
    link: JSONATA + 'numeric-functions#ceil',
    origin: 'JSONata',
  },
  {
    name: 'round',
    signature: '<n-n?:n>',
    parameterList: [
      { name: 'number', occurs: 'optional' },
      { name: 'precision', occurs: 'optional' },
    ],
    summary: 'Rounds to an integer or to decimal places; halves go to the even neighbour.',
    example: { expression: '$round(123.456, 2)', result: '123.46' },
    link: JSONATA + 'numeric-functions#round',
    origin: 'JSONata',
  },
  {
    name: 'power',
    signature: '<n-n:n>',
    parameterList: [
      { name: 'base', occurs: 'optional' },
      { name: 'exponent', occurs: 'required' },
    ],
    summary: 'Raises a number to a power.',
    example: { expression: '$power(2, 8)', result: '256' },
    link: JSONATA + 'numeric-functions#power',
    origin: 'JSONata',
  },
  {
    name: 'sqrt',
    signature: '<n-:n>',
    parameterList: [{ name: 'number', occurs: 'optional' }],
    summary: 'Takes the square root.',
    example: { expression: '$sqrt(4)', result: '2' },
    link: JSONATA + 'numeric-functions#sqrt',
    origin: 'JSONata',
  },
  {
    name: 'formatNumber',
    signature: '<n-so?:s>',
    parameterList: [
      { name: 'number', occurs: 'optional' },
      { name: 'picture', occurs: 'required' },
      { name: 'options', occurs: 'optional' },
    ],
    summary: 'Writes a number by a picture such as `#,##0.00`.',
    example: { expression: "$formatNumber(12345.6, '#,##0.00')", result: '"12,345.60"' },
    link: JSONATA + 'numeric-functions#formatnumber',
    origin: 'JSONata',
  },
  {
    name: 'formatBase',
    signature: '<n-n?:s>',
    parameterList: [
      { name: 'number', occurs: 'optional' },
      { name: 'radix', occurs: 'optional' },
    ],
    summary: 'Writes an integer in another base.',
    example: { expression: '$formatBase(100, 2)', result: '"1100100"' },
    link: JSONATA + 'numeric-functions#formatbase',
    origin: 'JSONata',
  },
  {
    name: 'formatInteger',
    signature: '<n-s:s>',
    parameterList: [
      { name: 'number', occurs: 'optional' },
      { name: 'picture', occurs: 'required' },
    ],
    summary: 'Writes an integer by a picture: digits, words (`w`), letters (`A`) or Roman numerals (`I`).',
    example: {
      expression: "$formatInteger(2789, 'w')",
      result: '"two thousand, seven hundred and eighty-nine"',
    },
    link: JSONATA + 'numeric-functions#formatinteger',
    origin: 'JSONata',
  },
  {
    name: 'parseInteger',
    signature: '<s-s:n>',
    parameterList: [
      { name: 'str', occurs: 'optional' },
      { name: 'picture', occurs: 'required' },
    ],
    summary: 'Reads an integer written by a picture.',
    example: {
      expression: "$parseInteger('twelve thousand, four hundred and seventy-six', 'w')",
      result: '12476',
    },
    link: JSONATA + 'numeric-functions#parseinteger',
    origin: 'JSONata',
  },
  {
    name: 'sum',
    signature: '<a<n>:n>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Adds up numbers.',
    example: { expression: '$sum([5, 1, 3])', result: '9' },
    link: JSONATA + 'aggregation-functions#sum',
    origin: 'JSONata',
  },
  {
    name: 'max',
    signature: '<a<n>:n>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Finds the greatest number.',
    example: { expression: '$max([5, 1, 3])', result: '5' },
    link: JSONATA + 'aggregation-functions#max',
    origin: 'JSONata',
  },
  {
    name: 'min',
    signature: '<a<n>:n>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Finds the least number.',
    example: { expression: '$min([5, 1, 3])', result: '1' },
    link: JSONATA + 'aggregation-functions#min',
    origin: 'JSONata',
  },
  {
    name: 'average',
    signature: '<a<n>:n>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Takes the mean of numbers.',
    example: { expression: '$average([5, 1, 3])', result: '3' },
    link: JSONATA + 'aggregation-functions#average',
    origin: 'JSONata',
  },
  {
    name: 'boolean',
    signature: '<x-:b>',
    parameterList: [{ name: 'value', occurs: 'optional' }],
    summary: 'Tells whether a value counts as true: empty texts, arrays and objects, 0 and null do not.',
    example: { expression: '$boolean([0, 1])', result: 'true' },
    link: JSONATA + 'boolean-functions#boolean',
    origin: 'JSONata',
  },
  {
    name: 'not',
    signature: '<x-:b>',
    parameterList: [{ name: 'value', occurs: 'optional' }],
    summary: 'Tells whether a value counts as false.',
    example: { expression: '$not(0)', result: 'true' },
    link: JSONATA + 'boolean-functions#not',
    origin: 'JSONata',
  },
  {
    name: 'exists',
    signature: '<x:b>',
    parameterList: [{ name: 'value', occurs: 'required' }],
    summary: 'Tells whether an expression has a value at all.',
    example: { expression: '$exists({"a": 1}.b)', result: 'false' },
    link: JSONATA + 'boolean-functions#exists',
    origin: 'JSONata',
  },
  {
    name: 'count',
    signature: '<a:n>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Counts the items of an array; nothing counts 0, a single value 1.',
    example: { expression: '$count([1, 2, 3])', result: '3' },
    link: JSONATA + 'array-functions#count',
    origin: 'JSONata',
  },
  {
    name: 'append',
    signature: '<xx:a>',
    parameterList: [
      { name: 'array1', occurs: 'required' },
      { name: 'array2', occurs: 'required' },
    ],
    summary: 'Puts two arrays together.',
    example: { expression: '$append([1, 2], 3)', result: '[1,2,3]' },
    link: JSONATA + 'array-functions#append',
    origin: 'JSONata',
  },
  {
    name: 'sort',
    signature: '<af?:a>',
    parameterList: [
      { name: 'array', occurs: 'required' },
      { name: 'function', occurs: 'optional' },
    ],
    summary: 'Sorts numbers or texts, or anything by a function that tells when two are in the wrong order.',
    example: { expression: '$sort([3, 1, 2], function($l, $r) { $l < $r })', result: '[3,2,1]' },
    link: JSONATA + 'array-functions#sort',
    origin: 'JSONata',
  },
  {
    name: 'reverse',
    signature: '<a:a>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Turns the order of an array around.',
    example: { expression: '$reverse([1, 2, 3])', result: '[3,2,1]' },
    link: JSONATA + 'array-functions#reverse',
    origin: 'JSONata',
  },
  {
    name: 'shuffle',
    signature: '<a:a>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Puts the items of an array into random order.',
    example: { expression: '$shuffle([1, 2, 3])', result: '[1,3,2]' },
    link: JSONATA + 'array-functions#shuffle',
    origin: 'JSONata',
  },
  {
    name: 'distinct',
    signature: '<x:x>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Removes items that have occurred before.',
    example: { expression: '$distinct([1, 2, 1])', result: '[1,2]' },
    link: JSONATA + 'array-functions#distinct',
    origin: 'JSONata',
  },
  {
    name: 'zip',
    signature: '<a+>',
    parameterList: [
      { name: 'array1', occurs: 'required' },
      { name: 'array2', occurs: 'repeated' },
    ],
    summary: 'Makes arrays of the first items, of the second items, and so on.',
    example: { expression: '$zip([1, 2], [4, 5])', result: '[[1,4],[2,5]]' },
    link: JSONATA + 'array-functions#zip',
    origin: 'JSONata',
  },
  {
    name: 'keys',
    signature: '<x-:a<s>>',
    parameterList: [{ name: 'object', occurs: 'optional' }],
    summary: 'Lists the keys of an object, or of all objects of an array.',
    example: { expression: '$keys({"a": 1, "b": 2})', result: '["a","b"]' },
    link: JSONATA + 'object-functions#keys',
    origin: 'JSONata',
  },
  {
    name: 'lookup',
    signature: '<x-s:x>',
    parameterList: [
      { name: 'object', occurs: 'optional' },
      { name: 'key', occurs: 'required' },
    ],
    summary: 'Takes the value of a key, from an object or from each object of an array.',
    example: { expression: `$lookup({"a": 1}, 'a')`, result: '1' },
    link: JSONATA + 'object-functions#lookup',
    origin: 'JSONata',
  },
  {
    name: 'spread',
    signature: '<x-:a<o>>',
    parameterList: [{ name: 'object', occurs: 'optional' }],
    summary: 'Makes an array of objects with one key each.',
    example: { expression: '$spread({"a": 1, "b": 2})', result: '[{"a":1},{"b":2}]' },
    link: JSONATA + 'object-functions#spread',
    origin: 'JSONata',
  },
  {
    name: 'merge',
    signature: '<a<o>:o>',
    parameterList: [{ name: 'array', occurs: 'required' }],
    summary: 'Makes one object of many; later ones win.',
    example: { expression: '$merge([{"a": 1}, {"b": 2}])', result: '{"a":1,"b":2}' },
    link: JSONATA + 'object-functions#merge',
    origin: 'JSONata',
  },
  {
    name: 'each',
    signature: '<o-f:a>',
    parameterList: [
      { name: 'object', occurs: 'optional' },
      { name: 'function', occurs: 'required' },
    ],
    summary: 'Calls a function with each value and key of an object.',
    example: { expression: `$each({"a": 1}, function($v, $k) { $k & '=' & $v })`, result: '"a=1"' },
    link: JSONATA + 'object-functions#each',
    origin: 'JSONata',
  },
  {
    name: 'sift',
    signature: '<o-f?:o>',
    parameterList: [
      { name: 'object', occurs: 'optional' },
      { name: 'function', occurs: 'required' },
    ],
    summary: 'Keeps what a function of value and key finds true.',
    example: { expression: '$sift({"a": 1, "b": 2}, function($v) { $v > 1 })', result: '{"b":2}' },
    link: JSONATA + 'object-functions#sift',
    origin: 'JSONata',
  },
  {
    name: 'error',
    signature: '<s?:x>',
    parameterList: [{ name: 'message', occurs: 'optional' }],
    summary: 'Fails with a message.',
    example: { expression: "$error('Order without items')", result: undefined },
    link: JSONATA + 'object-functions#error',
    origin: 'JSONata',
  },
  {
    name: 'assert',
    signature: '<bs?:x>',
    parameterList: [
      { name: 'condition', occurs: 'required' },
      { name: 'message', occurs: 'optional' },
    ],
    summary: 'Fails with a message unless a condition holds.',
    example: { expression: "$assert(1 > 2, 'Order without items')", result: undefined },
    link: JSONATA + 'object-functions#assert',
    origin: 'JSONata',
  },
  {
    name: 'type',
    signature: '<x:s>',
    parameterList: [{ name: 'value', occurs: 'required' }],
    summary: 'Names the type of a value.',
    example: { expression: '$type([1])', result: '"array"' },
    link: JSONATA + 'object-functions#type',
    origin: 'JSONata',
  },
  {
    name: 'clone',
    signature: '<(oa)-:o>',
    parameterList: [{ name: 'value', occurs: 'optional' }],
    summary: 'Copies an object or array; transforms use it.',
    example: { expression: '$clone({"a": 1})', result: '{"a":1}' },
    link: JSONATA + 'other-operators',
    origin: 'JSONata',
  },
  {
    name: 'now',
    signature: '<s?s?:s>',
    parameterList: [
      { name: 'picture', occurs: 'optional' },
      { name: 'timezone', occurs: 'optional' },
    ],
    summary: 'Gives the time as text; the same throughout one evaluation.',
    example: { expression: "$now('[Y0001]-[M01]-[D01]')", result: '"2024-11-22"' },
    link: JSONATA + 'date-time-functions#now',
    origin: 'JSONata',
  },
  {
    name: 'millis',
    signature: '<:n>',
    parameterList: [],
    summary: 'Gives the time in milliseconds since 1970; the same throughout one evaluation.',
    example: { expression: '$millis()', result: '1732266000000' },
    link: JSONATA + 'date-time-functions#millis',
    origin: 'JSONata',
  },
  {
    name: 'fromMillis',
    signature: '<n-s?s?:s>',
    parameterList: [
      { name: 'number', occurs: 'optional' },
      { name: 'picture', occurs: 'optional' },
      { name: 'timezone', occurs: 'optional' },
    ],
    summary: 'Writes a time, given in milliseconds since 1970, as text.',
    example: { expression: '$fromMillis(1510067557121)', result: '"2017-11-07T15:12:37.121Z"' },
    link: JSONATA + 'date-time-functions#frommillis',
    origin: 'JSONata',
  },
  {
    name: 'toMillis',
    signature: '<s-s?:n>',
    parameterList: [
      { name: 'timestamp', occurs: 'optional' },
      { name: 'picture', occurs: 'optional' },
    ],
    summary: 'Reads a time into milliseconds since 1970.',
    example: { expression: "$toMillis('2017-11-07T15:07:54.972Z')", result: '1510067274972' },
    link: JSONATA + 'date-time-functions#tomillis',
    origin: 'JSONata',
  },
  {
    name: 'map',
    signature: '<af>',
    parameterList: [
      { name: 'array', occurs: 'required' },
      { name: 'function', occurs: 'required' },
    ],
    summary: 'Calls a function with each item (value, index, array) and collects the results.',
    example: { expression: '$map([1, 2], function($v) { $v * 2 })', result: '[2,4]' },
    link: JSONATA + 'higher-order-functions#map',
    origin: 'JSONata',
  },
  {
    name: 'filter',
    signature: '<af>',
    parameterList: [
      { name: 'array', occurs: 'required' },
      { name: 'function', occurs: 'required' },
    ],
    summary: 'Keeps the items that a function finds true.',
    example: { expression: '$filter([1, 2, 3], function($v) { $v > 1 })', result: '[2,3]' },
    link: JSONATA + 'higher-order-functions#filter',
    origin: 'JSONata',
  },
  {
    name: 'single',
    signature: '<af?>',
    parameterList: [
      { name: 'array', occurs: 'required' },
      { name: 'function', occurs: 'optional' },
    ],
    summary: 'Finds the one item that a function finds true; fails when there is none or more.',
    example: { expression: '$single([1, 2, 3], function($v) { $v > 2 })', result: '3' },
    link: JSONATA + 'higher-order-functions#single',
    origin: 'JSONata',
  },
  {
    name: 'reduce',
    signature: '<afj?:j>',
    parameterList: [
      { name: 'array', occurs: 'required' },
      { name: 'function', occurs: 'required' },
      { name: 'init', occurs: 'optional' },
    ],
    summary: 'Combines all items into one value, two at a time.',
    example: { expression: '$reduce([2, 3, 4], function($i, $j) { $i * $j })', result: '24' },
    link: JSONATA + 'higher-order-functions#reduce',
    origin: 'JSONata',
  },
  {
    name: 'partition',
    signature: '<an:a>',
    parameterList: [
      { name: 'array', occurs: 'required' },
      { name: 'size', occurs: 'required' },
    ],
    summary: 'Cuts an array into arrays of a size; the last may be shorter.',
    example: { expression: '$partition([1, 2, 3, 4, 5], 2)', result: '[[1,2],[3,4],[5]]' },
    link: STEP_FUNCTIONS,
    origin: 'Step Functions',
  },
  {
    name: 'range',
    signature: '<nnn?:a<n>>',
    parameterList: [
      { name: 'first', occurs: 'required' },
      { name: 'last', occurs: 'required' },
      { name: 'step', occurs: 'required' },
    ],
    summary: 'Lists the numbers from one to another, both included, in steps that may be negative.',
    example: { expression: '$range(0, 10, 5)', result: '[0,5,10]' },
    link: STEP_FUNCTIONS,
    origin: 'Step Functions',
  },
  {
    name: 'hash',
    signature: '<s-s?:s>',
    parameterList: [
      { name: 'str', occurs: 'required' },
      { name: 'algorithm', occurs: 'required' },
    ],
    summary: 'Hashes a text; the algorithm is `MD5`, `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`.',
    example: { expression: "$hash('abc', 'SHA-1')", result: '"a9993e364706816aba3e25717850c26c9cd0d89d"' },
    link: STEP_FUNCTIONS,
    origin: 'Step Functions',
  },
  {
    name: 'random',
    signature: '<n?:n>',
    parameterList: [{ name: 'seed', occurs: 'optional' }],
    summary: 'Gives a number from 0 up to 1; the same seed always gives the same number.',
    example: { expression: '$random(42)', result: '0.7275636800328681' },
    link: STEP_FUNCTIONS,
    origin: 'Step Functions',
  },
  {
    name: 'uuid',
    signature: '<:s>',
    parameterList: [],
    summary: 'Makes a random UUID of version 4.',
    example: { expression: '$uuid()', result: '"9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"' },
    link: STEP_FUNCTIONS,
    origin: 'Step Functions',
  },
  {
    name: 'parse',
    signature: '<s-:x>',
    parameterList: [{ name: 'json', occurs: 'required' }],
    summary: 'Reads JSON text; Step Functions has it in place of `$eval`.',
    example: { expression: `$parse('{"a": [1]}').a`, result: '[1]' },
    link: STEP_FUNCTIONS,
    origin: 'Step Functions',
  },
] as const satisfies readonly Omit<JsonataFunction, 'parameters'>[];

/** What completion, hover, signature help, diagnostics and the evaluator know about functions. */
export const jsonataFunctions: readonly JsonataFunction[] = rows.map(row => ({
  ...row,
  parameters: usageOf(row.parameterList),
}));

const byName: ReadonlyMap<string, JsonataFunction> = new Map(jsonataFunctions.map(row => [row.name, row]));

/** The function that `$name` is when nothing gives the name another value. */
export function jsonataFunctionNamed(name: string): JsonataFunction | undefined {
  return byName.get(name);
}

function usageOf(parameters: readonly JsonataParameter[]): string {
  let usage = '';
  for (const { name, occurs } of parameters) {
    const text = (usage === '' ? '' : ', ') + name;
    if (occurs === 'required') usage += text;
    else usage += occurs === 'optional' ? `[${text}]` : `${text}, …`;
  }
  return usage;
}
