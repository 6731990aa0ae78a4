import { describe, expect, test } from 'vitest';
import type { JsonataNode } from '#core/expressions/jsonata/ast.ts';
import { MAX_HEIGHT } from '#core/expressions/jsonata/grammar.ts';
import { parseJsonata } from '#core/expressions/jsonata/parse.ts';
import { inWords } from '#core/text/message.ts';

/** `<|…|>` marks the text the only error is about. */
function checkError(marked: string, code: string, message: string | RegExp): void {
  const start = marked.indexOf('<|');
  const end = marked.indexOf('|>') - 2;
  const { errors } = parseJsonata(marked.replace('<|', '').replace('|>', ''));
  expect(errors.map(error => error.code)).toEqual([code]);
  expect(inWords(errors[0]?.message ?? '')).toMatch(message);
  expect({ start: errors[0]?.start, end: errors[0]?.end }).toEqual({ start, end });
}

function astOf(text: string): JsonataNode {
  const { ast, errors } = parseJsonata(text);
  expect(errors).toEqual([]);
  if (ast === undefined) throw new Error(`no tree for ${text}`);
  return ast;
}

describe('errors are worded as jsonata words them and point at their text', () => {
  test('nothing where an operand is due', () =>
    checkError('1 +<||>', 'S0207', 'Unexpected end of expression'));
  test('no text at all', () => checkError('<||>', 'S0207', 'Unexpected end of expression'));
  test('a bracket left open', () => checkError('$sum((1)<||>', 'S0203', /^Expected "\)" before end/));
  test('the wrong bracket', () => checkError('[1, 2<|)|>', 'S0202', 'Expected "]", got ")"'));
  test('two operands in a row', () => checkError('1 <|2|>', 'S0201', 'Syntax error: 2'));
  test('an operator where an operand is due', () =>
    checkError('1 + <|)|>', 'S0211', 'The symbol ")" cannot be used as a unary operator'));
  test('an operator that does not exist', () => checkError('a <|!|> b', 'S0204', 'Unknown operator: "!"'));
  test('one at the beginning', () => checkError('<|~|> b', 'S0204', 'Unknown operator: "~"'));
  test('a string without its end', () =>
    checkError("1 & <|'abc|>", 'S0101', /^String literal must be terminated/));
  test('an escape that JSON does not have', () =>
    checkError("'a<|\\x|>'", 'S0103', 'Unsupported escape sequence: \\"x"'));
  test('a number beyond the range', () =>
    checkError('1 + <|1e999|>', 'S0102', 'Number out of range: "1e999"'));
  test('a comment without its end', () => checkError('1 <|/* x|>', 'S0106', 'Comment has no closing tag'));
  test('a parameter that is no variable', () =>
    checkError('function(<|x|>){1}', 'S0208', /^Parameter 1 of function/));
  test('an assignment to a name', () => checkError('<|x|> := 1', 'S0212', /^The left side of :=/));
  test('a number as a path step', () =>
    checkError('a.<|1|>', 'S0213', 'The literal value 1 cannot be used as a step'));
  test('a parent that cannot be', () =>
    checkError('<|%|>', 'S0217', /^The object representing the 'parent'/));
  test('an empty regular expression', () => checkError('$match(x, <|//|>)', 'S0301', /^Empty regular/));
  test('a malformed regular expression', () =>
    checkError('$match(x, <|/a{2,1}/|>)', 'S0303', /out of order/));
  test('a signature that cannot be', () =>
    checkError('function($x)<n<|<n>>|>{1}', 'S0401', /^Type parameters/));
});

describe('what JSONata 2.1 added is refused with the way out', () => {
  test('the coalescing operator', () =>
    checkError('a <|??|> 1', 'S0211', /2\.1.*Write \$exists\(a\) \? a : b/));
  test('the default operator', () => checkError('a <|?:|> 1', 'S0211', /2\.1.*Write a \? a : b/));
  test('both are fine inside text', () =>
    expect(parseJsonata('"a ?? b ?: c" & `x ?? y`').errors).toEqual([]));
});

describe('parsing is total', () => {
  test.each([
    ['parentheses', '('.repeat(100_000) + '1' + ')'.repeat(100_000)],
    ['unclosed brackets', '['.repeat(100_000)],
    ['minus signs', '-'.repeat(100_000) + '1'],
    ['conditions', 'a ? b : '.repeat(100_000) + 'c'],
    ['predicates', 'a' + '[0]'.repeat(100_000)],
    ['assignments', '$a := '.repeat(100_000) + '1'],
    ['functions', 'function(){'.repeat(10_000)],
  ])('100,000 nested %s are refused without exhausting the stack', (_, text) => {
    expect(inWords(parseJsonata(text).errors[0]?.message ?? '')).toBe(
      `The expression is nested more than ${MAX_HEIGHT} levels deep.`,
    );
  });

  test.each([
    ['additions', '1' + ' + 1'.repeat(50_000)],
    ['concatenations', '"a"' + ' & "a"'.repeat(50_000)],
    ['path steps', 'a' + '.a'.repeat(50_000)],
    ['array items', '[' + '1,'.repeat(200_000) + '1]'],
    ['arguments', '$f(' + '1,'.repeat(200_000) + '1)'],
  ])('long rows of %s are fine', (_, text) => {
    expect(parseJsonata(text).errors).toEqual([]);
  });

  test('`??` in a row takes no exponential time', () => {
    expect(parseJsonata('a' + ' ?? a'.repeat(300)).errors).toHaveLength(300);
  });
});

describe('positions', () => {
  test('a path runs from its first step to its last filter', () => {
    const ast = astOf('  $states.input.items[0] + 1');
    if (ast.kind !== 'binary' || ast.lhs.kind !== 'path') throw new Error(ast.kind);
    expect([ast.lhs.start, ast.lhs.end]).toEqual([2, 24]);
    expect(ast.lhs.steps.map(step => [step.start, step.end])).toEqual([
      [2, 9],
      [10, 15],
      [16, 21],
    ]);
    expect(ast.lhs.steps[2]?.stages.map(stage => [stage.start, stage.end])).toEqual([[21, 24]]);
  });

  test('strings include their quotes, whatever is escaped in them', () => {
    const ast = astOf(String.raw`"a\u00e9\"" & 'b'`);
    if (ast.kind !== 'binary') throw new Error(ast.kind);
    expect([ast.lhs.start, ast.lhs.end, ast.rhs.start, ast.rhs.end]).toEqual([0, 11, 14, 17]);
  });

  test('a call ends with its bracket', () => {
    const ast = astOf(' $sum( [1] ) ');
    expect([ast.start, ast.end]).toEqual([1, 12]);
  });
});

test('broken text still gives what was understood', () => {
  const { ast } = parseJsonata('$states.input.');
  if (ast?.kind !== 'path') throw new Error(ast?.kind);
  expect(ast.steps.map(step => step.kind)).toEqual(['variable', 'name', 'error']);
});
