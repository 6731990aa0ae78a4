import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IntrinsicArgument } from '#core/expressions/intrinsic/ast.ts';
import { checkIntrinsic } from '#core/expressions/intrinsic/check.ts';
import { parseIntrinsic } from '#core/expressions/intrinsic/parse.ts';
import { inWords } from '#core/text/message.ts';

/** A short form of the tree, with the path arguments as they stand in the text. */
function outline(text: string, argument: IntrinsicArgument | undefined): string {
  if (argument === undefined) return '-';
  switch (argument.kind) {
    case 'call':
      return `${argument.name}(${argument.arguments.map(each => outline(text, each)).join(', ')})`;
    case 'path':
      return `path ${text.slice(argument.start, argument.end)}`;
    case 'null':
      return 'null';
    default:
      return JSON.stringify(argument.value);
  }
}

function checkAccepted(text: string, expected: string): void {
  const { call, errors } = parseIntrinsic(text);
  expect(errors).toEqual([]);
  expect(outline(text, call)).toBe(expected);
  expect(call === undefined ? [] : checkIntrinsic(call)).toEqual([]);
}

/** The problems of parser and check, drawn under the text. */
function checkProblems(text: string, drawing: string): void {
  const { call, errors } = parseIntrinsic(text);
  const problems = [...errors, ...(call === undefined ? [] : checkIntrinsic(call))];
  const drawn = problems.map(each => {
    const marks = `${' '.repeat(each.start)}${'^'.repeat(Math.max(1, each.end - each.start))}`;
    return `${marks} ${each.code}: ${inWords(each.message)}`;
  });
  expect(drawn.join('\n')).toBe(drawing);
}

describe('accepts what AWS accepts', () => {
  test.each([
    ['States.Array()', 'States.Array()'],
    ['States.UUID()', 'States.UUID()'],
    ["  States.Format ( 'a {}' ,\n $.b )  ", 'States.Format("a {}", path $.b)'],
    [
      "States.Array('Foo', $.xyz, 2.3, -1, 1e3, null)",
      'States.Array("Foo", path $.xyz, 2.3, -1, 1000, null)',
    ],
    [
      'States.JsonMerge($a, $$.Execution.Input.b, false)',
      'States.JsonMerge(path $a, path $$.Execution.Input.b, false)',
    ],
    ["States.Format('\\'{}\\' \\{\\} \\\\', 1)", `States.Format("'{}' {} \\\\", 1)`],
    ['States.StringToJson(\'{"a": {}}\')', 'States.StringToJson("{\\"a\\": {}}")'],
    ['States.JsonToString($.[?(@.year <= 1998)])', 'States.JsonToString(path $.[?(@.year <= 1998)])'],
    [
      "States.Array($['a,b'], $.c[?(@.d == ')')].e)",
      "States.Array(path $['a,b'], path $.c[?(@.d == ')')].e)",
    ],
    ['States.MathAdd(States.ArrayLength($.a),-1)', 'States.MathAdd(States.ArrayLength(path $.a), -1)'],
    ['States.MathRandom($.a, $.b, 7)', 'States.MathRandom(path $.a, path $.b, 7)'],
    ["States.Format('plain')", 'States.Format("plain")'],
    [
      "States.ArrayGetItem(States.StringSplit($$.StateMachine.Name, '-'), 0)",
      'States.ArrayGetItem(States.StringSplit(path $$.StateMachine.Name, "-"), 0)',
    ],
    [`${'States.Array('.repeat(10)}${')'.repeat(10)}`, `${'States.Array('.repeat(10)}${')'.repeat(10)}`],
  ])('%s', checkAccepted);
});

test('the places of a template are known, escaped braces are none', () => {
  const { call } = parseIntrinsic("States.Format('a{}b\\{\\}c{}', 1, 2)");
  const template = call?.arguments[0];
  expect(template).toMatchObject({ pieces: ['a', 'b{}c', ''], hasLoneBrace: false });
});

describe('says what is wrong at its place', () => {
  test.each([
    [
      'hello',
      "^^^^^ notACall: Expected a path (it starts with '$') or a call such as States.Format('{}', $.name).",
    ],
    ['States.Foo($.a)', "^^^^^^^^^^ unknownFunction: There is no intrinsic function named 'States.Foo'."],
    [
      'States.ArrayLenght($.a)',
      "^^^^^^^^^^^^^^^^^^ unknownFunction: There is no intrinsic function named 'States.ArrayLenght'. Did you mean 'States.ArrayLength'?",
    ],
    [
      'Format($.a)',
      "^^^^^^ unknownFunction: There is no intrinsic function named 'Format'. Did you mean 'States.Format'?",
    ],
    [
      'States.Format()',
      '^^^^^^^^^^^^^ argumentCount: States.Format takes at least 1 argument, but here are 0.',
    ],
    ["States.UUID('x')", '            ^^^ argumentCount: States.UUID takes no arguments, but here is 1.'],
    [
      'States.ArrayGetItem($.a)',
      '^^^^^^^^^^^^^^^^^^^ argumentCount: States.ArrayGetItem takes 2 arguments, but here is 1.',
    ],
    [
      'States.MathRandom(1)',
      '^^^^^^^^^^^^^^^^^ argumentCount: States.MathRandom takes 2 to 3 arguments, but here is 1.',
    ],
    [
      "States.MathAdd(1, '-1')",
      "                  ^^^^ argumentType: The argument 'second' of States.MathAdd must be a number, but this is a string.",
    ],
    [
      "States.ArrayLength(States.Format('x'))",
      "                   ^^^^^^^^^^^^^^^^^^ argumentType: The argument 'array' of States.ArrayLength must be an array, but this is a string.",
    ],
    [
      "States.Hash($.a, 'SHA1')",
      "                 ^^^^^^ argumentValue: The argument 'algorithm' of States.Hash must be MD5, SHA-1, SHA-256, SHA-384, SHA-512.",
    ],
    [
      'States.JsonMerge($.a, $.b, true)',
      "                           ^^^^ argumentValue: The argument 'deep' of States.JsonMerge must be false.",
    ],
    [
      "States.Format('a } b')",
      "              ^^^^^^^ loneBrace: A brace in the template of States.Format is written \\{ or \\}, unless it is part of a place marked '{}'.",
    ],
    [
      "States.Format('{} {}', 1)",
      "              ^^^^^^^ placeholderCount: The template has 2 places marked '{}', but 1 value follows it.",
    ],
    [
      'States.Format("x")',
      "              ^^^ doubleQuotes: Text in an intrinsic function stands in single quotes: 'x'.",
    ],
    [
      "States.Array('a\\\"b')",
      "               ^^ illegalEscape: '\\\"' is not an escape: only \\' \\{ \\} and \\\\ are. Write \\\\ for a backslash.",
    ],
    [
      "States.Format('x {}', $.a",
      "             ^ unbalancedParenthesis: This parenthesis is not closed: a ')' is missing.",
    ],
    ['States.UUID() x', '              ^ trailingText: Nothing may follow the closing parenthesis.'],
    ['States.UUID())', '             ^ trailingText: Nothing may follow the closing parenthesis.'],
    ['States.Array($.a $.b)', "                 ^^^ badArgument: Expected ',' or ')'."],
    ['States.Array(1,)', '               ^ badArgument: Expected an argument behind the comma.'],
    ['States.Array(,1)', '             ^ badArgument: Expected an argument.'],
    ['States.Array(1x)', "             ^^ badArgument: '1x' is not a number."],
    [
      'States.Array(abc)',
      "             ^^^ badArgument: 'abc' is not an argument: write '…' for text, $… for a path, or a number, true, false, null or a call.",
    ],
    ['States.Array($.a.)', "                ^ badPath: Path must not end with a '.' or '..'"],
    [
      `${'States.Array('.repeat(11)}${')'.repeat(11)}`,
      `${' '.repeat(130)}^^^^^^^^^^^^ nesting: Calls may be nested 10 deep at most. Compute a part of this in an earlier state.`,
    ],
  ])('%s', checkProblems);
});

const pieces =
  "States.Format( States.Array( Foo( ( ) , ' \\' \\ { } {} \" $.a $$ $v [ ] ?( @ 1 -2.5 null true x".split(
    ' ',
  );

test('any text gives a result whose ranges lie inside the text', () => {
  const check = (text: string): void => {
    const { call, errors } = parseIntrinsic(text);
    const problems = [...errors, ...(call === undefined ? [] : [call, ...checkIntrinsic(call)])];
    for (const range of problems) {
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.start).toBeLessThanOrEqual(range.end);
      expect(range.end).toBeLessThanOrEqual(text.length);
    }
  };
  fc.assert(fc.property(fc.string(), check));
  const callLike = fc.array(fc.constantFrom(' ', ...pieces), { maxLength: 25 });
  fc.assert(
    fc.property(callLike, parts => check(`States.Format(${parts.join('')}`)),
    { numRuns: 2000 },
  );
  check('States.Array('.repeat(20_000));
});
