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
