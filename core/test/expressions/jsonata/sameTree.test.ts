import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import type { Group, JsonataNode } from '#core/expressions/jsonata/ast.ts';
import { parseJsonata } from '#core/expressions/jsonata/parse.ts';

/*
 * The jsonata package's parser is the oracle: what an expression means rests on this tree.
 */

/** Every rule of the grammar and of the second pass at least once. */
const expressions = [
  'a.b.c',
  'a."b".`c d`',
  'a[0][b > 1].c',
  '(a.b)[0]',
  'a[].b[]',
  '$f()[].a',
  'a.[b, c].d',
  '[a].b',
  '(a; [b]).c',
  'a.*.**',
  '-1 + -a',
  'a and b or c in d',
  'and & or & in',
  'a ? b : c ? d',
  '1 + 2 * 3 - 4 / 5 % 6',
  '[1..3, a..b]',
  '{"a": b, c: d}',
  'a{b: c}.d',
  'a.b{c: d}',
  'a^(b, >c, <d).e',
  '$x := $y := 1',
  '($x := 1; $x + 1; )',
  'function($x, $y)<nn:n>{ $x + $y }(1, 2)',
  'λ($x){ $f($x) }',
  'function($x){ $x ? $f($x) : ($g($x); $h($x)) }',
  'function($x){ $f($x)[0] }',
  '$f(?, 1)',
  'a ~> $f ~> $g(1)',
  '$f(a)[0]{b: c}',
  '|a.b|{"c": 1}, ["d"]|',
  '/a[/]b/im',
  '$match(a, /\\//)',
  'a@$x.b#$i[$i = 0].c',
  'a#$i[0]#$j.b',
  '(a)#$i.b',
  'a.b.%.c',
  'a.b.%.%.c',
  'a.(b.%.c)',
  'a.b[%.c = d].%',
  'a.b.c.{"p": %.x, "q": %.%.y}',
  'a.b^(%.c)',
  'a@$x.b@$y[$x.k = $y.k].%',
  '/* comment */ a /* another */ . b',
  "'\\u0041\\n\\\\'",
  '$.a & $$.b & $c.d',
];

describe('trees are those of the jsonata package', () => {
  test.each(expressions)('%s', check);
});

const folder = join(process.env['STEPWISE_DATA'] ?? '../shared/data', 'jsonata');

test.skipIf(!existsSync(folder))(
  'all expressions of its test groups have the same tree or the same error',
  () => {
    for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
      const cases = JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly {
        readonly expr: string;
      }[];
      for (const { expr } of cases) if (!/\?\?|\?:/.test(expr)) check(expr);
    }
  },
);

function check(text: string): void {
  const { ast, errors } = parseJsonata(text);
  const wanted = packageTree(text);
  if (typeof wanted === 'string') {
    expect([text, errors[0]?.code]).toEqual([text, wanted]);
  } else {
    expect([text, errors]).toEqual([text, []]);
    expect([text, ast && toPackage(ast)]).toEqual([text, wanted]);
  }
}

type Tree = { readonly [name: string]: unknown };

/** The package's tree without what we do not keep, or the code of its error. */
function packageTree(text: string): unknown {
  try {
    return cleaned(jsonata(text).ast());
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : String(error);
  }
}

const LEFT_OUT = new Set(['position', 'nextFunction', 'seekingParent', 'name', 'id', 'lbp', 'nud', 'led']);
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['then', 'whenTrue'],
  ['else', 'whenFalse'],
]);
const WITHOUT_VALUE = new Set([
  'wildcard',
  'descendant',
  'bind',
  'apply',
  'function',
  'partial',
  'condition',
]);

function cleaned(value: unknown): unknown {
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  const node = allMembers(value);
  if (node['type'] === 'operator' && node['value'] === '?') return '?';
  const kept: { [name: string]: unknown } = {};
  for (const [name, member] of Object.entries(node)) {
    if (LEFT_OUT.has(name) || member === undefined || (name === 'keepArray' && member !== true)) continue;
    if (name === 'value' && WITHOUT_VALUE.has(String(node['type']))) continue;
    if (name === 'slot' || name === 'ancestor') kept[name] = (member as Tree)['label'];
    else if (name === 'signature') kept[name] = (member as Tree)['definition'];
    else
      kept[RENAMED.get(name) ?? name] = name === 'type' && member === 'operator' ? 'name' : cleaned(member);
  }
  return kept;
}

/** The package's nodes inherit some of what they are from the symbol of their token. */
function allMembers(value: object): Tree {
  const members: { [name: string]: unknown } = {};
  for (const name in value) members[name] = (value as Tree)[name];
  return members;
}

function toPackage(node: JsonataNode): unknown {
  if (node.kind === 'tailCall') {
    return { type: 'lambda', thunk: true, arguments: [], body: toPackage(node.call) };
  }
  return withoutEmpty({
    ...kindOf(node),
    predicate: node.predicates.map(filter => ({ type: 'filter', expr: toPackage(filter.condition) })),
    stages: node.stages.map(stage =>
      stage.kind === 'filter'
        ? { type: 'filter', expr: toPackage(stage.condition) }
        : { type: 'index', value: stage.variable.name },
    ),
    group: node.group && { lhs: pairsOf(node.group.pairs) },
    keepArray: node.keepArray,
    tuple: node.tuple,
    focus: node.focus?.name,
    index: node.index?.name,
    ancestor: node.ancestor?.label,
  });
}

function withoutEmpty(tree: Tree): Tree {
  const optional = ['predicate', 'stages', 'group', 'keepArray', 'tuple', 'focus', 'index', 'ancestor'];
  const isEmpty = (value: unknown): boolean =>
    value === undefined || value === false || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(
    Object.entries(tree).filter(
      ([name, value]) => value !== undefined && !(optional.includes(name) && isEmpty(value)),
    ),
  );
}

function pairsOf(pairs: Group['pairs']): unknown {
  return pairs.map(pair => [toPackage(pair.key), toPackage(pair.value)]);
}

function kindOf(node: Exclude<JsonataNode, { kind: 'tailCall' }>): Tree {
  switch (node.kind) {
    case 'string':
    case 'number':
      return { type: node.kind, value: node.value };
    case 'constant':
      return { type: 'value', value: node.value };
    case 'regex':
      return { type: 'regex', value: String(new RegExp(node.pattern, `${node.flags}g`)) };
    case 'variable':
    case 'name':
      return { type: node.kind, value: node.name };
    case 'wildcard':
    case 'descendant':
      return { type: node.kind };
    case 'parent':
      return { type: 'parent', slot: node.slot.label };
    case 'path':
      return {
        type: 'path',
        steps: node.steps.map(toPackage),
        ...(node.keepSingletonArray && { keepSingletonArray: true }),
      };
    case 'binary':
      return { type: 'binary', value: node.operator, lhs: toPackage(node.lhs), rhs: toPackage(node.rhs) };
    case 'bind':
      return { type: 'bind', lhs: toPackage(node.variable), rhs: toPackage(node.value) };
    case 'apply':
      return { type: 'apply', lhs: toPackage(node.lhs), rhs: toPackage(node.rhs) };
    case 'negate':
      return { type: 'unary', value: '-', expression: toPackage(node.operand) };
    case 'array':
      return {
        type: 'unary',
        value: '[',
        expressions: node.items.map(toPackage),
        ...(node.consarray && { consarray: true }),
      };
    case 'object':
      return { type: 'unary', value: '{', lhs: pairsOf(node.pairs) };
    case 'call':
      return {
        type: 'function',
        arguments: node.arguments.map(toPackage),
        procedure: toPackage(node.procedure),
      };
    case 'partial':
      return {
        type: 'partial',
        arguments: node.arguments.map(argument => (argument ? toPackage(argument) : '?')),
        procedure: toPackage(node.procedure),
      };
    case 'lambda':
      return {
        type: 'lambda',
        arguments: node.parameters.map(toPackage),
        signature: node.signature?.text,
        body: toPackage(node.body),
      };
    case 'condition':
      return {
        type: 'condition',
        condition: toPackage(node.condition),
        whenTrue: toPackage(node.whenTrue),
        whenFalse: node.whenFalse && toPackage(node.whenFalse),
      };
    case 'transform':
      return {
        type: 'transform',
        pattern: toPackage(node.pattern),
        update: toPackage(node.update),
        delete: node.delete && toPackage(node.delete),
      };
    case 'block':
      return {
        type: 'block',
        expressions: node.expressions.map(toPackage),
        ...(node.consarray && { consarray: true }),
      };
    case 'sort':
      return {
        type: 'sort',
        terms: node.terms.map(term => ({
          descending: term.descending,
          expression: toPackage(term.expression),
        })),
      };
    case 'error':
      return { type: 'error' };
  }
}
