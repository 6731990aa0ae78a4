import fc from 'fast-check';

/** Documents small enough that generated paths often find something in them. */
export const documents: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(0, 1, 2, -3, 1.5, 'a', 'b', '', 'x y', true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** Expressions over such documents: every operator and most functions, meaningful or not. */
export const expressions: fc.Arbitrary<string> = fc.letrec<{
  readonly expression: string;
  readonly path: string;
}>(tie => {
  const expression = tie('expression');
  const path = tie('path');
  const list = fc.array(expression, { minLength: 1, maxLength: 3 }).map(items => items.join(', '));
  const literal = fc.constantFrom(
    '0',
    '1',
    '2',
    '-1',
    '1.5',
    "'a'",
    "''",
    "'1'",
    'true',
    'false',
    'null',
    '[]',
    '{}',
  );
  const name = fc.constantFrom('a', 'b', 'c', '`a`', '"b"');
  const lambda = fc.oneof(
    expression.map(body => `function($v) { ${body} }`),
    expression.map(body => `function($v, $i) { $v = ${body} ? $i : $v }`),
    fc.constantFrom(
      '$string',
      '$count',
      '$uppercase',
      '$sum',
      '$exists',
      'function($v, $i, $a) { $count($a) + $i }',
    ),
  );
  return {
    path: fc.oneof(
      { depthSize: 'small' },
      name,
      fc.constantFrom('$', '$$', '*', '**', '$v', '$x'),
      fc.tuple(path, name).map(([head, step]) => `${head}.${step}`),
      fc.tuple(path, expression).map(([head, filter]) => `${head}[${filter}]`),
      path.map(head => `${head}[]`),
      fc.tuple(path, list).map(([head, items]) => `${head}.[${items}]`),
      fc.tuple(path, expression).map(([head, step]) => `${head}.(${step})`),
      fc.tuple(path, expression).map(([head, term]) => `${head}^(${term})`),
      fc.tuple(path, expression).map(([head, term]) => `${head}^(>${term}, a)`),
      fc.tuple(path, name, name).map(([head, step, key]) => `${head}.${step}{${key}: $}`),
      fc.tuple(path, name).map(([head, step]) => `${head}.${step}.%`),
      fc.tuple(path, name, expression).map(([head, step, use]) => `${head}.${step}@$x.(${use})`),
      fc.tuple(path, name, expression).map(([head, step, use]) => `${head}.${step}#$x.(${use})`),
      path.map(head => `${head}.*`),
      path.map(head => `${head}.**`),
      path.map(head => `(${head})`),
    ),
    expression: fc.oneof(
      { depthSize: 'small' },
      literal,
      path,
      path,
      fc
        .tuple(
          expression,
          fc.constantFrom('+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'and', 'or', 'in'),
          expression,
        )
        .map(([lhs, operator, rhs]) => `(${lhs} ${operator} ${rhs})`),
      fc.tuple(expression, expression, expression).map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`),
      list.map(items => `[${items}]`),
      fc.tuple(fc.nat(3), fc.nat(4)).map(([from, to]) => `[${from}..${to}]`),
      fc.tuple(expression, expression).map(([first, second]) => `{"a": ${first}, "b": ${second}}`),
      fc.tuple(expression, expression).map(([bound, rest]) => `($x := ${bound}; ${rest})`),
      fc
        .tuple(
          fc.constantFrom(
            'count',
            'sum',
            'max',
            'exists',
            'string',
            'boolean',
            'not',
            'keys',
            'reverse',
            'distinct',
            'type',
            'average',
            'number',
            'length',
            'uppercase',
            'spread',
            'merge',
            'abs',
            'floor',
            'sort',
            'trim',
            'zip',
          ),
          expression,
        )
        .map(([called, argument]) => `$${called}(${argument})`),
      fc
        .tuple(
          fc.constantFrom('append', 'join', 'contains', 'lookup', 'pad', 'split'),
          expression,
          expression,
        )
        .map(([called, first, second]) => `$${called}(${first}, ${second})`),
      fc
        .tuple(
          fc.constantFrom('map', 'filter', 'each', 'sift', 'single', 'sort', 'reduce'),
          expression,
          lambda,
        )
        .map(([called, items, passed]) => `$${called}(${items}, ${passed})`),
      fc
        .tuple(expression, fc.constantFrom('$count', '$string', '$sum', '$append(1)'))
        .map(([value, to]) => `(${value} ~> ${to})`),
      fc
        .tuple(expression, path, expression)
        .map(([value, pattern, to]) => `(${value} ~> |${pattern}|{"z": ${to}}|)`),
      fc.tuple(lambda, list).map(([called, items]) => `${called}(${items})`),
    ),
  };
}).expression;

const numbers = fc.constantFrom(
  '0',
  '1',
  '-1',
  '0.5',
  '-0.5',
  '1.5',
  '2.5',
  '12345.678',
  '-12345.678',
  '1e6',
  '123456789',
  '0.001234',
  '99.995',
  '1e-7',
  '1e15',
  '1e21',
  '0.30000000000000004',
  '7',
  '19',
  '20',
  '21',
  '99',
  '100',
  '101',
  '1999',
  '2024',
);

const instants = fc.constantFrom(
  '0',
  '1510067557121',
  '1e12',
  '-1e12',
  '951782400000',
  '1735603200000',
  '1735689599999',
  '946684800000',
);

const text = fc
  .string({ unit: fc.constantFrom('a', 'b', 'A', ' ', 'é', '😀', '1', '-', '$', '\n', '%'), maxLength: 10 })
  .map(value => JSON.stringify(value));

const numberPictures = fc.oneof(
  fc.constantFrom(
    '#,##0.00',
    '0.0e0',
    '##0.###e00',
    '#0%',
    '0‰',
    '#,###,##0',
    '#.##;(#.##)',
    '0.00;-0.00',
    '0,0.0,0',
  ),
  fc.string({
    unit: fc.constantFrom('#', '0', ',', '.', 'e', '%', '‰', ';', 'x', '-', '1', ' '),
    maxLength: 9,
  }),
);

const integerPictures = fc.constantFrom(
  '0',
  '000',
  '#,##0',
  'w',
  'W',
  'Ww',
  'w;o',
  'a',
  'A',
  'i',
  'I',
  '0;o',
  '#:##0,00',
  '٠',
  '٠٠٠',
  'Ww;o',
  '#,#00;o',
);

const dateTimePictures = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom(...'YMDdFWwXxHhPmsfZzCE'.split('')),
          fc.constantFrom(
            '',
            '1',
            '01',
            '0001',
            'N',
            'Nn',
            'n',
            'I',
            'w',
            'Ww',
            '1o',
            'A',
            '000',
            '01:01',
            '0101t',
          ),
          fc.constantFrom('', '', ',2', ',*-2', ',2-2', ',3', ',*-3', ',4-4'),
        )
        .map(parts => `[${parts.join('')}]`),
      fc.constantFrom(' ', '-', '/', ':', 'T', ', ', '[['),
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map(parts => parts.join(''));

const patterns = fc.oneof(
  fc.constantFrom(
    '/a/',
    '/[a-b]+/',
    '/(a)(b)?/',
    '/b|A/i',
    '/\\d/',
    '/^a/',
    '/$/',
    '/x*/',
    '/(?:ab)+/',
    '/(.)(.)/',
    '/[^a]/m',
  ),
  text.filter(literal => literal !== '""'),
);

/** Calls of the functions with pictures, patterns and positions, where the special cases are. */
export const functionCalls: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(numbers, numberPictures)
    .map(([value, picture]) => `$formatNumber(${value}, ${JSON.stringify(picture)})`),
  fc.tuple(numbers, integerPictures).map(([value, picture]) => `$formatInteger(${value}, '${picture}')`),
  fc
    .tuple(fc.nat(100_000), integerPictures)
    .map(([value, picture]) => `$parseInteger($formatInteger(${value}, '${picture}'), '${picture}')`),
  fc
    .tuple(
      instants,
      dateTimePictures,
      fc.constantFrom('', ", '+0100'", ", '-0500'", ", '+0530'", ", '-0330'"),
    )
    .map(([value, picture, zone]) => `$fromMillis(${value}, ${JSON.stringify(picture)}${zone})`),
  fc
    .tuple(instants, dateTimePictures)
    .map(([value, picture]) => [value, JSON.stringify(picture)] as const)
    .map(([value, picture]) => `$toMillis($fromMillis(${value}, ${picture}), ${picture})`),
  fc
    .tuple(text, patterns, fc.constantFrom('', ', 2', ', 0'))
    .map(([value, pattern, limit]) => `$split(${value}, ${pattern}${limit})`),
  fc
    .tuple(
      text,
      patterns,
      fc.constantFrom('x', '$1', '$2-$1', '$$', '$0', '$', '$9', '$10'),
      fc.constantFrom('', ', 1'),
    )
    .map(([value, pattern, inserted, limit]) => `$replace(${value}, ${pattern}, '${inserted}'${limit})`),
  fc
    .tuple(text, patterns, fc.constantFrom('', ', 1'))
    .map(([value, pattern, limit]) => `$match(${value}, ${pattern}${limit})`),
  fc
    .tuple(text, fc.integer({ min: -12, max: 12 }), fc.constantFrom('', ', 2', ', 0', ', -1', ', 20'))
    .map(([value, start, length]) => `$substring(${value}, ${start}${length})`),
  fc
    .tuple(text, text)
    .map(([value, chars]) => `$substringBefore(${value}, ${chars}) & $substringAfter(${value}, ${chars})`),
  fc
    .tuple(text, fc.integer({ min: -15, max: 15 }), fc.constantFrom('', ", 'ab'", ", ''", ", 'é😀'"))
    .map(([value, width, char]) => `$pad(${value}, ${width}${char})`),
  text.map(
    value => `$base64decode($base64encode(${value})) & $encodeUrl(${value}) & $encodeUrlComponent(${value})`,
  ),
  text.map(value => `$trim(${value}) & $length(${value}) & $uppercase(${value})`),
  fc.tuple(numbers, fc.integer({ min: -3, max: 5 })).map(([value, places]) => `$round(${value}, ${places})`),
  fc
    .tuple(numbers, fc.integer({ min: 1, max: 37 }))
    .map(([value, radix]) => `$formatBase(${value}, ${radix})`),
  fc.tuple(numbers, numbers).map(([one, other]) => `$string({"a": [${one}, ${other}]}, true) & ${one}`),
  fc
    .constantFrom('1', '-1.5', '1e3', '0x1F', '0b11', '0o17', '.5', '1.', 'abc', '', '00', '1e400', ' 1')
    .map(value => `$number('${value}')`),
);
