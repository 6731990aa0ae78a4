import type { Json } from '#core/json.ts';

/**
 * The 18 intrinsic functions of JSONPath: one table for checks, completion, hover, signature help and
 * the interpreter.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export interface IntrinsicFunction {
  /** As written: `States.Format`. */
  readonly name: string;
  readonly parameters: readonly IntrinsicParameter[];
  readonly result: IntrinsicType;
  /** One sentence on what it gives. */
  readonly summary: string;
  /** What AWS limits, where it does. */
  readonly limits: string | undefined;
  readonly example: IntrinsicExample;
  readonly link: string;
}

export interface IntrinsicParameter {
  readonly name: string;
  readonly type: IntrinsicType;
  readonly presence: 'required' | 'optional' | 'repeated';
  /** The only values that are taken, where there are few. */
  readonly values: readonly (string | boolean)[] | undefined;
  readonly summary: string;
}

export type IntrinsicType = 'any' | 'array' | 'boolean' | 'number' | 'object' | 'string';

export interface IntrinsicExample {
  readonly expression: string;
  /** The input the paths of the expression speak of. */
  readonly input: Json;
  /** `undefined` where it differs from call to call. */
  readonly result: Json | undefined;
}

/** How deep calls may stand in one another; the outermost counts. */
export const maximumIntrinsicNesting = 10;

/** How many arguments a call may have: `[least, most]`. */
export function argumentCount(intrinsic: IntrinsicFunction): readonly [number, number] {
  const { parameters } = intrinsic;
  const least = parameters.filter(parameter => parameter.presence === 'required').length;
  const isOpen = parameters.some(parameter => parameter.presence === 'repeated');
  return [least, isOpen ? Infinity : parameters.length];
}

/** The parameter that the n-th argument belongs to; a repeated one takes all the rest. */
export function parameterAt(intrinsic: IntrinsicFunction, index: number): IntrinsicParameter | undefined {
  const last = intrinsic.parameters.at(-1);
  return intrinsic.parameters[index] ?? (last?.presence === 'repeated' ? last : undefined);
}

export function intrinsicNamed(name: string): IntrinsicFunction | undefined {
  return intrinsicByName.get(name);
}

const guide = 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html';
const arrays = `${guide}#asl-intrsc-func-arrays`;
const encoding = `${guide}#asl-intrsc-func-data-encode-decode`;
const hashing = `${guide}#asl-intrsc-func-hash-calc`;
const json = `${guide}#asl-intrsc-func-json-manipulate`;
const mathematics = `${guide}#asl-intrsc-func-math-operation`;
const strings = `${guide}#asl-intrsc-func-string-operation`;
const uniqueId = `${guide}#asl-intrsc-func-uuid-generate`;
const generic = `${guide}#asl-intrsc-func-generic`;

function required(
  name: string,
  type: IntrinsicType,
  summary: string,
  values?: readonly (string | boolean)[],
): IntrinsicParameter {
  return { name, type, presence: 'required', values, summary };
}

export const hashAlgorithms = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const;

export const intrinsicFunctions: readonly IntrinsicFunction[] = [
  {
    name: 'States.Format',
    parameters: [
      required(
        'template',
        'string',
        'Text with one `{}` for each value. Write `\\{` and `\\}` for literal braces.',
      ),
      {
        name: 'value',
        type: 'any',
        presence: 'repeated',
        values: undefined,
        summary: 'What replaces the next `{}`.',
      },
    ],
    result: 'string',
    summary: 'Puts values into the places marked `{}` of a text.',
    limits: 'As many values as there are `{}`.',
    example: {
      expression: "States.Format('Hello {}, you are {}', $.name, $.age)",
      input: { name: 'Ana', age: 7 },
      result: 'Hello Ana, you are 7',
    },
    link: generic,
  },
  {
    name: 'States.StringToJson',
    parameters: [required('text', 'string', 'JSON text.')],
    result: 'any',
    summary: 'Reads JSON text and gives the value it stands for.',
    limits: 'Empty and blank text give null.',
    example: { expression: 'States.StringToJson($.text)', input: { text: '{"a":1}' }, result: { a: 1 } },
    link: json,
  },
  {
    name: 'States.JsonToString',
    parameters: [required('value', 'any', 'Any JSON value.')],
    result: 'string',
    summary: 'Writes a value as JSON text without blanks.',
    limits: undefined,
    example: { expression: 'States.JsonToString($.value)', input: { value: { a: 1 } }, result: '{"a":1}' },
    link: json,
  },
  {
    name: 'States.Array',
    parameters: [
      { name: 'value', type: 'any', presence: 'repeated', values: undefined, summary: 'The next item.' },
    ],
    result: 'array',
    summary: 'Gives an array of its arguments.',
    limits: undefined,
    example: { expression: 'States.Array($.id, 2)', input: { id: 1 }, result: [1, 2] },
    link: arrays,
  },
  {
    name: 'States.ArrayPartition',
    parameters: [
      required('array', 'array', 'The array to cut.'),
      required('size', 'number', 'Items per part, at least 1; fractions are rounded.'),
    ],
    result: 'array',
    summary: 'Cuts an array into parts of the given size; the last part may be shorter.',
    limits: 'The payload limit of 256 KiB.',
    example: {
      expression: 'States.ArrayPartition($.items, 2)',
      input: { items: [1, 2, 3] },
      result: [[1, 2], [3]],
    },
    link: arrays,
  },
  {
    name: 'States.ArrayContains',
    parameters: [
      required('array', 'array', 'Where to look.'),
      required('value', 'any', 'What to look for, compared as a whole.'),
    ],
    result: 'boolean',
    summary: 'Says whether a value is an item of the array.',
    limits: 'The payload limit of 256 KiB.',
    example: { expression: 'States.ArrayContains($.items, 2)', input: { items: [1, 2] }, result: true },
    link: arrays,
  },
  {
    name: 'States.ArrayRange',
    parameters: [
      required('first', 'number', 'The first item.'),
      required('last', 'number', 'Where to stop; included when a step lands on it.'),
      required('step', 'number', 'The distance between items: not 0, negative to count down.'),
    ],
    result: 'array',
    summary: 'Gives the numbers from first to last in equal steps.',
    limits: 'At most 1,000 items; fractions are rounded.',
    example: { expression: 'States.ArrayRange(1, 9, 2)', input: {}, result: [1, 3, 5, 7, 9] },
    link: arrays,
  },
  {
    name: 'States.ArrayGetItem',
    parameters: [
      required('array', 'array', 'Where to take the item from.'),
      required('index', 'number', 'Which item, counted from 0.'),
    ],
    result: 'any',
    summary: 'Gives the item at an index.',
    limits: 'An index outside the array is an error.',
    example: { expression: 'States.ArrayGetItem($.items, 1)', input: { items: ['a', 'b'] }, result: 'b' },
    link: arrays,
  },
  {
    name: 'States.ArrayLength',
    parameters: [required('array', 'array', 'The array to measure.')],
    result: 'number',
    summary: 'Gives the number of items.',
    limits: undefined,
    example: { expression: 'States.ArrayLength($.items)', input: { items: [1, 2, 3] }, result: 3 },
    link: arrays,
  },
  {
    name: 'States.ArrayUnique',
    parameters: [required('array', 'array', 'The array to thin out.')],
    result: 'array',
    summary: 'Leaves out items that came before, compared as a whole.',
    limits: undefined,
    example: { expression: 'States.ArrayUnique($.items)', input: { items: [1, 2, 1] }, result: [1, 2] },
    link: arrays,
  },
  {
    name: 'States.Base64Encode',
    parameters: [required('text', 'string', 'The text to encode.')],
    result: 'string',
    summary: 'Encodes text (as UTF-8) in Base64.',
    limits: 'At most 10,000 characters.',
    example: { expression: "States.Base64Encode('Hello')", input: {}, result: 'SGVsbG8=' },
    link: encoding,
  },
  {
    name: 'States.Base64Decode',
    parameters: [required('text', 'string', 'Base64.')],
    result: 'string',
    summary: 'Decodes Base64 to text.',
    limits: 'At most 10,000 characters.',
    example: { expression: "States.Base64Decode('SGVsbG8=')", input: {}, result: 'Hello' },
    link: encoding,
  },
  {
    name: 'States.Hash',
    parameters: [
      required('value', 'any', 'Text, or any other value, which is hashed as JSON text.'),
      required('algorithm', 'string', 'The name of the algorithm.', hashAlgorithms),
    ],
    result: 'string',
    summary: 'Gives the hash of a value in hexadecimal digits.',
    limits: 'At most 10,000 characters.',
    example: {
      expression: "States.Hash('input data', 'SHA-1')",
      input: {},
      result: 'aaff4a450a104cd177d28d18d74485e8cae074b7',
    },
    link: hashing,
  },
  {
    name: 'States.JsonMerge',
    parameters: [
      required('first', 'object', 'The object to start from.'),
      required('second', 'object', 'The object whose members win.'),
      required('deep', 'boolean', 'Must be false: AWS merges the first level only.', [false]),
    ],
    result: 'object',
    summary: 'Joins two objects; where both have a member, that of the second is taken.',
    limits: 'Shallow only: the third argument must be false.',
    example: {
      expression: 'States.JsonMerge($.a, $.b, false)',
      input: { a: { x: 1, y: 1 }, b: { y: 2 } },
      result: { x: 1, y: 2 },
    },
    link: json,
  },
  {
    name: 'States.MathRandom',
    parameters: [
      required('start', 'number', 'The smallest number that can come.'),
      required('end', 'number', 'One more than the largest number that can come.'),
      {
        name: 'seed',
        type: 'number',
        presence: 'optional',
        values: undefined,
        summary: 'The same seed gives the same number.',
      },
    ],
    result: 'number',
    summary: 'Gives a random integer from start up to, but not including, end.',
    limits: 'Fractions are rounded.',
    example: { expression: 'States.MathRandom(1, 999)', input: {}, result: undefined },
    link: mathematics,
  },
  {
    name: 'States.MathAdd',
    parameters: [
      required('first', 'number', 'The first number.'),
      required('second', 'number', 'What to add; negative to subtract.'),
    ],
    result: 'number',
    summary: 'Adds two integers.',
    limits: 'Between -2147483648 and 2147483647; fractions are rounded.',
    example: { expression: 'States.MathAdd($.count, -1)', input: { count: 3 }, result: 2 },
    link: mathematics,
  },
  {
    name: 'States.StringSplit',
    parameters: [
      required('text', 'string', 'The text to split.'),
      required('separators', 'string', 'Each of these characters separates.'),
    ],
    result: 'array',
    summary: 'Splits text at each of the separating characters; empty pieces are left out.',
    limits: undefined,
    example: { expression: "States.StringSplit('1,2;3', ',;')", input: {}, result: ['1', '2', '3'] },
    link: strings,
  },
  {
    name: 'States.UUID',
    parameters: [],
    result: 'string',
    summary: 'Gives a random version 4 UUID.',
    limits: undefined,
    example: { expression: 'States.UUID()', input: {}, result: undefined },
    link: uniqueId,
  },
];

const intrinsicByName: ReadonlyMap<string, IntrinsicFunction> = new Map(
  intrinsicFunctions.map(intrinsic => [intrinsic.name, intrinsic]),
);
