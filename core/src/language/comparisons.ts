import type { OperandType } from './values.ts';

/** How a Choice Rule compares; the words of the operator names. */
export type Relation =
  'Equals' | 'LessThan' | 'GreaterThan' | 'LessThanEquals' | 'GreaterThanEquals' | 'Matches' | 'Is';

/** One comparison operator of a JSONPath Choice Rule. */
export interface Comparison {
  readonly name: string;
  readonly relation: Relation;
  /** The type of the field's value; for `…Path` operators the type of what the path must lead to. */
  readonly operand: OperandType;
  /** Whether the field's value is a path to the comparand. */
  readonly path: boolean;
  /** For `IsNull`, `IsPresent` …: what is asked. */
  readonly test?: 'Null' | 'Present' | 'Numeric' | 'String' | 'Boolean' | 'Timestamp';
  readonly doc: string;
}

const relations: readonly [Relation, string][] = [
  ['Equals', 'equals'],
  ['LessThan', 'is less than'],
  ['GreaterThan', 'is greater than'],
  ['LessThanEquals', 'is less than or equal to'],
  ['GreaterThanEquals', 'is greater than or equal to'],
];

function family(
  prefix: string,
  operand: OperandType,
  noun: string,
  of: readonly [Relation, string][],
): Comparison[] {
  return of.flatMap(([relation, verb]): Comparison[] => [
    {
      name: `${prefix}${relation}`,
      relation,
      operand,
      path: false,
      doc: `Matches where the variable is a ${noun} that ${verb} this one.`,
    },
    {
      name: `${prefix}${relation}Path`,
      relation,
      operand,
      path: true,
      doc: `Matches where the variable is a ${noun} that ${verb} the one at this path.`,
    },
  ]);
}

function test(name: NonNullable<Comparison['test']>, doc: string): Comparison {
  return {
    name: `Is${name}`,
    relation: 'Is',
    operand: 'boolean',
    path: false,
    test: name,
    doc: `\`true\` matches where ${doc}; \`false\` matches elsewhere.`,
  };
}

/** The 39 comparison operators (states-language.net, Choice State). */
export const comparisons: readonly Comparison[] = [
  ...family('String', 'string', 'string', relations),
  ...family('Numeric', 'number', 'number', relations),
  ...family('Timestamp', 'timestamp', 'timestamp', relations),
  ...family('Boolean', 'boolean', 'boolean', relations.slice(0, 1)),
  {
    name: 'StringMatches',
    relation: 'Matches',
    operand: 'string',
    path: false,
    doc: 'Matches where the variable is a string of this pattern: `*` stands for any characters, `\\\\*` for an asterisk.',
  },
  test('Null', 'the variable is `null`'),
  test('Present', 'the variable exists'),
  test('Numeric', 'the variable is a number'),
  test('String', 'the variable is a string'),
  test('Boolean', 'the variable is a boolean'),
  test('Timestamp', 'the variable is a timestamp as in RFC 3339'),
];

const byName: ReadonlyMap<string, Comparison> = new Map(
  comparisons.map(comparison => [comparison.name, comparison]),
);

export function comparisonNamed(name: string): Comparison | undefined {
  return byName.get(name);
}
