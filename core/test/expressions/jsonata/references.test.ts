import { describe, expect, test } from 'vitest';
import { parseJsonata } from '#core/expressions/jsonata/parse.ts';
import { jsonataReferences, type JsonataReferences } from '#core/expressions/jsonata/references.ts';

function referencesOf(text: string): JsonataReferences {
  const { ast } = parseJsonata(text);
  if (ast === undefined) throw new Error(`no tree for ${text}`);
  return jsonataReferences(ast);
}

/** Each variable as `name` where it is free and `name@scope` where the expression defines it; `=` marks definitions. */
function checkVariables(text: string, expected: string): void {
  const { variables } = referencesOf(text);
  for (const { name, start, end } of variables) expect(text.slice(start, end)).toBe(name);
  const shown = variables.map(
    ({ name, role, scope }) =>
      (role === 'definition' ? '=' : '') + name + (scope === undefined ? '' : `@${scope}`),
  );
  expect(shown.join(' ')).toBe(expected);
}

describe('variables', () => {
  test('of the state machine are free', () => checkVariables('$total + $states.input.tax', 'total states'));
  test('bound in a block are its own', () => checkVariables('($x := 1; $x + $y)', '=x@1 x@1 y'));
  test('are free before they are bound', () => checkVariables('($x; $x := $x)', 'x x =x@1'));
  test('are free after their block', () => checkVariables('($x := 1) + $x', '=x@1 x'));
  test('are bound by parameters', () =>
    checkVariables('$map($a, function($v, $i){ $v + $i + $k })', 'map a =v@1 =i@1 v@1 i@1 k'));
  test('may be bound behind the function that reads them', () =>
    checkVariables('($f := function(){ $x }; $x := 1; $f())', 'x@1 =f@1 =x@1 f@1'));
  test('inner ones hide outer ones', () =>
    checkVariables('($x := 1; ($x := 2; $x); $x)', '=x@1 =x@2 x@2 x@1'));
  test('are bound by @ and #', () =>
    checkVariables('$a.items@$i#$n.tags[$i.on].{"k": $n}', 'a =i@1 =n@1 i@1 n@1'));
  test('a definition is known in the tail of a conditional', () =>
    checkVariables('($x := 1; $y ? $f($x) : $x)', '=x@1 y f x@1 x@1'));
});

describe('paths', () => {
  test('list their members with filters passed over', () => {
    const text = '$states.input.items[price > 3].id';
    const [path] = referencesOf(text).paths;
    expect(path?.variable.name).toBe('states');
    expect(path?.members.map(m => [m.name, text.slice(m.start, m.end), m.isFiltered])).toEqual([
      ['input', 'input', false],
      ['items', 'items', true],
      ['id', 'id', false],
    ]);
    expect([path?.start, path?.end]).toEqual([0, text.length]);
  });
  test('stop where a member is computed', () => {
    expect(referencesOf('$states.(input).x').paths[0]?.members).toEqual([]);
  });
  test('quoted members keep their quotes in the span', () => {
    expect(referencesOf('$a.`b c`."d"').paths[0]?.members.map(m => [m.name, m.start, m.end])).toEqual([
      ['b c', 3, 8],
      ['d', 9, 12],
    ]);
  });
  test('of a lone variable have no members', () => {
    expect(referencesOf('$states').paths).toEqual([]);
    expect(referencesOf('$states').variables.map(v => v.name)).toEqual(['states']);
  });
  test('an unfinished one has the members that are there', () => {
    expect(referencesOf('1 + $states.input.').paths[0]?.members.map(m => m.name)).toEqual(['input']);
  });
});

describe('calls', () => {
  test('count their arguments, and those handed in by ~>', () => {
    const { calls } = referencesOf('$sum([1, 2]) & ($x ~> $pad(5, "#")) & $f(?, 1)');
    expect(calls.map(call => [call.name, call.argumentCount, call.isPartial])).toEqual([
      ['sum', 1, false],
      ['pad', 3, false],
      ['f', 2, true],
    ]);
  });
  test('$eval is one of them', () => {
    expect(referencesOf('$eval("1")').calls.map(call => [call.name, call.variable.scope])).toEqual([
      ['eval', undefined],
    ]);
  });
  test('in a tail position are found', () => {
    expect(referencesOf('function($x){ $x ? $sum($x) : ($count($x)) }').calls.map(c => c.name)).toEqual([
      'sum',
      'count',
    ]);
  });
});

/** The uses of an input document that a state machine's expression does not have. */
function checkInputUses(text: string, expected: readonly string[]): void {
  expect(referencesOf(text).inputUses.map(use => text.slice(use.start, use.end))).toEqual(expected);
}

describe('uses of an input document', () => {
  test('at top level', () => checkInputUses('name & $ & $.a & $$', ['name', '$', '$', '$$']));
  test('in blocks, arguments, arrays and objects', () =>
    checkInputUses('($sum(a); [b]; {"k": c}; -d; e ? f : g)', ['a', 'b', 'c', 'd', 'e', 'f', 'g']));
  test('a bare function name is one', () => checkInputUses('sum([1])', ['sum']));
  test('not in steps, filters, groups, sorts, functions and transforms', () =>
    checkInputUses('$a.b[c = $].{d: $sum(e)}^(f) ~> function($x){ g } ~> |h|{"i": j}|', []));
  test('$$ never has a meaning', () => checkInputUses('$a.b[$$.c]', ['$$']));
  test('wildcards', () => checkInputUses('* & ** & $a.*', ['*', '**']));
});
