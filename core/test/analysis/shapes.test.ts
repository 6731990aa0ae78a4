import { analyze, type Knowledge, type MachineAnalysis } from '#core/analysis/analysis.ts';
import {
  anyNumber,
  anyString,
  join,
  memberList,
  membersAt,
  objectOf,
  openObject,
  shapeOfExample,
  tupleOf,
  unknown,
  type Shape,
} from '#core/analysis/shape.ts';
import type { State } from '#core/model/stateMachine.ts';
import { describe, expect, test } from 'vitest';

interface Shapes {
  readonly input: (name: string) => string;
  readonly output: (name: string) => string;
  readonly result: (name: string) => string;
  readonly variable: (name: string) => string;
  readonly machine: MachineAnalysis;
}

function shapesOf(states: unknown, root: object = {}, knowledge: Knowledge = {}): Shapes {
  const text = JSON.stringify({ StartAt: 'A', ...root, States: states });
  const [machine] = analyze({ uri: 'test.asl', version: 1, format: 'json', text }, knowledge).machines;
  if (!machine) throw new Error('no state machine');
  const named = (name: string): State => {
    const state = machine.machine.states.find(candidate => candidate.name === name);
    if (!state) throw new Error(`no state ${name}`);
    return state;
  };
  return {
    input: name => show(machine.shapes.inputOf(named(name))),
    output: name => show(machine.shapes.outputOf(named(name))),
    result: name => show(machine.shapes.resultOf(named(name))),
    variable: name => {
      const variable = machine.variables.all.find(candidate => candidate.name === name);
      return variable ? show(machine.shapes.variableShape(variable)) : 'none';
    },
    machine,
  };
}

/** `{a: 1, b?: string, …}`: values where they are known, types where not, `?` for unknown. */
function show(shape: Shape): string {
  switch (shape.kind) {
    case 'unknown':
      return '?';
    case 'array':
      return shape.items ? `[${shape.items.map(show).join(', ')}]` : `${show(shape.element)}[]`;
    case 'object': {
      const members = [...shape.members].map(
        ([name, member]) => `${name}${member.isOptional ? '?' : ''}: ${show(member.shape)}`,
      );
      return `{${[...members, ...(shape.isOpen ? ['…'] : [])].join(', ')}}`;
    }
    default:
      return shape.value === undefined ? shape.kind : JSON.stringify(shape.value);
  }
}

describe('JSONPath', () => {
  test('a Pass gives its Result, where ResultPath puts it', () => {
    const shapes = shapesOf({
      A: { Type: 'Pass', Result: { a: 1, l: ['x'] }, Next: 'B' },
      B: { Type: 'Pass', Result: true, ResultPath: '$.b.c', Next: 'C' },
      C: { Type: 'Pass', Result: 5, ResultPath: null, OutputPath: '$.b', End: true },
    });
    expect(shapes.input('A')).toBe('?');
    expect(shapes.output('A')).toBe('{a: 1, l: ["x"]}');
    expect(shapes.output('B')).toBe('{a: 1, l: ["x"], b: {c: true}}');
    expect(shapes.output('C')).toBe('{c: true}');
  });
  test('templates give what they list, and only that', () =>
    expect(
      shapesOf({
        A: {
          Type: 'Pass',
          Parameters: {
            'id.$': '$.order.id',
            'text.$': "States.Format('{}', $.x)",
            'list.$': 'States.Array(1, $.x)',
            'when.$': '$$.Execution.StartTime',
            fixed: { n: null },
          },
          End: true,
        },
      }).output('A'),
    ).toBe('{id: ?, text: string, list: [1, ?], when: string, fixed: {n: null}}'));
  test('ResultPath adds to what is not known', () =>
    expect(shapesOf({ A: { Type: 'Pass', Result: 1, ResultPath: '$.a.b', End: true } }).output('A')).toBe(
      '{a: {b: 1, …}, …}',
    ));
  test('where ways meet, only what both bring is sure', () =>
    expect(
      shapesOf({
        A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }], Default: 'C' },
        B: { Type: 'Pass', Result: { x: 1, y: 1 }, Next: 'D' },
        C: { Type: 'Pass', Result: { x: 2 }, Next: 'D' },
        D: { Type: 'Succeed' },
      }).input('D'),
    ).toBe('{x: number, y?: 1}'));
  test('a Catcher brings the Error Output', () => {
    const shapes = shapesOf({
      A: { Type: 'Pass', Result: { x: 1 }, Next: 'T' },
      T: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        Catch: [
          { ErrorEquals: ['E'], ResultPath: '$.error', Next: 'B' },
          { ErrorEquals: ['States.ALL'], Next: 'C' },
        ],
        End: true,
      },
      B: { Type: 'Succeed' },
      C: { Type: 'Succeed' },
    });
    expect(shapes.input('B')).toBe('{x: 1, error: {Error: string, Cause: string}}');
    expect(shapes.input('C')).toBe('{Error: string, Cause: string}');
    expect(shapes.result('T')).toBe('?');
  });
  test('what grows in a loop becomes unknown in the end', () =>
    expect(
      shapesOf({
        A: { Type: 'Pass', Result: { n: { m: 1 } }, Next: 'B' },
        B: { Type: 'Pass', Parameters: { 'n.$': '$' }, Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Variable: '$.n', IsPresent: true, Next: 'B' }], Default: 'D' },
        D: { Type: 'Succeed' },
      }).input('C'),
    ).toMatch(/^(\?|\{n: .*\})$/));
});

describe('inner scopes', () => {
  test('branches start with the Parameters, and give an array', () => {
    const shapes = shapesOf({
      A: {
        Type: 'Parallel',
        Parameters: { p: 1 },
        Branches: [
          { StartAt: 'I', States: { I: { Type: 'Pass', Result: 'x', ResultPath: '$.i', End: true } } },
          { StartAt: 'J', States: { J: { Type: 'Succeed' } } },
        ],
        ResultSelector: { 'first.$': '$[0].i', 'all.$': '$[*].p' },
        End: true,
      },
    });
    expect(shapes.input('I')).toBe('{p: 1}');
    expect(shapes.result('A')).toBe('[{p: 1, i: "x"}, {p: 1}]');
    expect(shapes.output('A')).toBe('{first: "x", all: 1[]}');
  });
  test('iterations start with the item, or what ItemSelector makes of it', () => {
    const map = (more: object): unknown => ({
      A: { Type: 'Pass', Result: { items: [{ id: 1 }, { id: 2 }] }, Next: 'M' },
      M: {
        Type: 'Map',
        ItemsPath: '$.items',
        ...more,
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Succeed' } } },
        End: true,
      },
    });
    expect(shapesOf(map({})).input('I')).toBe('{id: number}');
    const selected = shapesOf(
      map({ ItemSelector: { 'item.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index' } }),
    );
    expect(selected.input('I')).toBe('{item: {id: number}, i: number}');
    expect(selected.output('M')).toBe('{item: {id: number}, i: number}[]');
  });
  test('grow without end, in width and in depth', () => {
    const states: Record<string, unknown> = {};
    for (let index = 0; index < 400; index++) {
      const [own, next] = [`S${index}`, `S${index + 1}`];
      states[own] = {
        Type: 'Choice',
        Choices: [{ Variable: '$.a', IsPresent: true, Next: `A${index}` }],
        Default: `B${index}`,
      };
      states[`A${index}`] = { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$', n: 1 }, Next: next };
      states[`B${index}`] = { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$', n: 2 }, Next: next };
    }
    states['S400'] = { Type: 'Succeed' };
    const { machine } = shapesOf(states, { StartAt: 'S0' });
    const last = machine.machine.states.at(-1);
    expect(last && machine.shapes.inputOf(last).kind).toBe('object');
  });
  test('nest deeply without end', () => {
    let states: unknown = { X: { Type: 'Pass', Result: 1, End: true } };
    let start = 'X';
    for (let depth = 0; depth < 64; depth++) {
      const name = `P${depth}`;
      states = { [name]: { Type: 'Parallel', Branches: [{ StartAt: start, States: states }], End: true } };
      start = name;
    }
    const { machine } = shapesOf(states, { StartAt: start });
    for (const state of machine.machine.states) machine.shapes.outputOf(state);
    expect(
      show(machine.shapes.inputOf(machine.machine.states.at(-1) ?? machine.machine.root.states[0]!)),
    ).toBe('?');
  });
});

describe('JSONata', () => {
  test('Output gives what it lists', () => {
    const shapes = shapesOf(
      {
        A: {
          Type: 'Pass',
          Output: {
            n: '{% 1 + 1 %}',
            t: "{% 'a' & 'b' %}",
            o: "{% {'k': $states.input.x} %}",
            e: '{% $states.context.Execution.Id %}',
          },
          Next: 'B',
        },
        B: { Type: 'Pass', Output: '{% $states.input.o %}', End: true },
      },
      { QueryLanguage: 'JSONata' },
    );
    expect(shapes.output('A')).toBe('{n: number, t: string, o: {k: ?}, e: string}');
    expect(shapes.output('B')).toBe('{k: ?}');
  });
  test('functions give what their signatures say, but lists', () => {
    const Output = {
      n: '{% $number($states.input.x) %}',
      s: "{% $uppercase('a') %}",
      b: '{% $exists($states.input.x) %}',
      a: '{% $keys($states.input.x) %}',
      mine: '{% ($number := function() { [] }; $number()) %}',
    };
    const shapes = shapesOf({ A: { Type: 'Pass', Output, End: true } }, { QueryLanguage: 'JSONata' });
    expect(shapes.output('A')).toBe('{n: number, s: string, b: boolean, a: ?, mine: ?}');
  });
  test('variables have the shape of all that is assigned', () =>
    expect(
      shapesOf(
        {
          A: { Type: 'Pass', Assign: { v: { a: 1 } }, Next: 'B' },
          B: { Type: 'Pass', Assign: { v: { a: '{% $v.a + 1 %}' } }, End: true },
        },
        { QueryLanguage: 'JSONata' },
      ).variable('v'),
    ).toBe('{a: number}'));
});

test('examples add members to what is likely, and nothing to what is certain', () => {
  const { machine } = shapesOf(
    { A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
    {},
    {
      samples: {
        executionInput: { order: { id: 7 } },
        resultOf: () => ({ ok: true }),
        errorsOf: () => [],
      },
    },
  );
  const [state] = machine.machine.states;
  if (!state) throw new Error('no state');
  expect(show(machine.likelyShapes.inputOf(state))).toBe('{order: {id: number, …}, …}');
  expect(show(machine.likelyShapes.outputOf(state))).toBe('{ok: boolean, …}');
  expect(show(machine.shapes.inputOf(state))).toBe(show(unknown));
  expect(show(machine.shapes.outputOf(state))).toBe(show(unknown));
});

describe('shapes', () => {
  test('joined with what adds nothing stay themselves', () => {
    const shape = openObject({ a: tupleOf([shapeOfExample(1)]) });
    expect(join(shape, openObject({ a: tupleOf([shapeOfExample(1)]) }))).toBe(shape);
  });
  test('name the members behind a path, through arrays', () => {
    const shape = shapeOfExample({ orders: [{ id: 1, name: 'a' }] });
    expect([...membersAt(shape, ['orders']).keys()]).toEqual(['id', 'name']);
    expect([...membersAt(shape, ['nothing']).keys()]).toEqual([]);
  });
  test('list their members, if they are few', () => {
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => [name, anyString]));
    expect(memberList(openObject({ a: anyString, b: anyNumber }))).toBe('a, b, …');
    expect(memberList(objectOf(Object.entries({ a: anyString, b: anyNumber }), false, undefined))).toBe(
      'a, b',
    );
    expect(memberList(objectOf(Object.entries(many), false, undefined))).toBe('a, b, c, d, e, f, …');
  });
});
