import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { formatOf, type Format } from '#core/text/source.ts';
import {
  completion,
  diagnostics,
  hover,
  inputUrisOf,
  sampleSources,
  samplesFrom,
  trySamplesInSteps,
} from '#service/languageService.ts';
import type { Surroundings } from '#service/surroundings/surroundings.ts';
import { knowledge } from './knowledge.ts';
import { marked } from './markers.ts';

const folder = 'test:///';

function read(name: string, text: string, role: 'mocks' | 'tests'): Analysis {
  return analyze({ uri: folder + name, version: 1, format: 'json', text, role });
}

interface Around {
  readonly input?: Json;
  readonly mocks?: Json;
  readonly tests?: Json;
  readonly last?: Json;
}

function surroundings({ mocks, tests }: Around, definition: Analysis): Surroundings {
  return {
    definitionUris: [definition.source.uri],
    definitions: [definition],
    mocks: mocks === undefined ? [] : [read('MockConfigFile.json', JSON.stringify(mocks), 'mocks')],
    tests: tests === undefined ? [] : [read('a.asltest.json', JSON.stringify(tests), 'tests')],
  };
}

function filesOf({ input }: Around): ReadonlyMap<string, Json> {
  return new Map(input === undefined ? [] : [[`${folder}input.json`, input]]);
}

/** The hover at `<|>`, with samples. */
function hovered(text: string, around: Around, format: Format = 'json'): string {
  const { analysis, position } = marked(text, format, knowledge);
  const sources = sampleSources(analysis, surroundings(around, analysis), {
    files: filesOf(around),
    last: around.last,
  });
  const contents = hover(analysis, position, sources)?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

/** The line that tells the value, with where it comes from. */
function sampled(text: string, around: Around, format: Format = 'json'): string | undefined {
  const found = /On (.*):\n```javascript\n(.*)\n```/.exec(hovered(text, around, format));
  return found ? `${found[1]?.replaceAll('\\', '')}: ${found[2]}` : undefined;
}

const mocks = {
  StateMachines: {
    machine: { TestCases: { Fine: { Pay: 'Paid' }, Bad: { Pay: 'Refused' } } },
  },
  MockedResponses: {
    Paid: { '0': { Return: { StatusCode: 200, Payload: { id: 't-7', token: 'abc' } } } },
    Refused: { '0': { Throw: { Error: 'Card.Refused', Cause: 'too poor' } } },
  },
};

const jsonPath = (fields: string, more = ''): string => `{"StartAt":"Pay","States":{
  "Pay":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",${fields}"Next":"Done",
    "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Oops"}]},
  "Oops":{"Type":"Pass","InputPath":"$.error${more}","End":true},
  "Done":{"Type":"Pass","Parameters":{"x.$":"$.id"},"End":true}}}`;

const input = { order: { id: 7, items: [{ price: 2 }, { price: 3 }] }, password: 'hunter2' };

describe('JSONPath', () => {
  test.each([
    ['a path of the input', '"Parameters":{"p.$":"$.order.i<|>d"},', 'input.json: 7'],
    [
      'a part of it',
      '"Parameters":{"p.$":"$.ord<|>er.id"},',
      'input.json: {id: 7, items: [{price: 2}, {price: 3}]}',
    ],
    [
      'an intrinsic function',
      '"Parameters":{"p.$":"States.For<|>mat(\'no {}\', $.order.id)"},',
      'input.json: "no 7"',
    ],
    ['the Context Object', '"Parameters":{"p.$":"$$.Execution.Inp<|>ut.order.id"},', undefined],
    ['a path through items', '"Parameters":{"p.$":"$.order.items[*].pri<|>ce"},', 'input.json: [2, 3]'],
  ])('%s', (_what, fields, expected) => {
    const found = sampled(jsonPath(fields), { input });
    if (expected === undefined) expect(found).toContain('input.json: {order: {id: 7');
    else expect(found).toBe(expected);
  });

  test('what a mock answers, behind the Task', () => {
    const text = jsonPath('"ResultSelector":{"id.$":"$.Payload.i<|>d"},');
    expect(sampled(text, { input, mocks })).toBe(`input.json, test case 'Fine': "t-7"`);
    expect(sampled(jsonPath('"ResultPath":"$.pay<|>ment",'), { input, mocks })).toBe(
      `input.json, test case 'Fine': {StatusCode: 200, Payload: {id: "t-7", token: ••••••}}`,
    );
  });

  test('of a state that another test case reaches', () =>
    expect(sampled(jsonPath('', '.Cau<|>se'), { input, mocks })).toBe(
      `input.json, test case 'Bad': "too poor"`,
    ));

  test('not behind a task that nobody answers', () =>
    expect(sampled(jsonPath('"ResultSelector":{"id.$":"$.Payload.i<|>d"},'), { input })).toBeUndefined());

  test('not of a path that finds nothing', () =>
    expect(sampled(jsonPath('"Parameters":{"p.$":"$.nothing.i<|>d"},'), { input })).toBeUndefined());

  test('secrets stay hidden', () => {
    expect(sampled(jsonPath('"Parameters":{"p.$":"$.pass<|>word"},'), { input })).toBe('input.json: ••••••');
    expect(sampled(jsonPath('"Parameters":{"p.$":"States.For<|>mat(\'{}\', $.password)"},'), { input })).toBe(
      'input.json: ••••••',
    );
    expect(sampled(jsonPath('"Parameters":{"p.$":"$<|>"},'), { input })).toContain('password: ••••••');
  });
});

describe('JSONata in YAML', () => {
  const machine = (output: string): string => `
    QueryLanguage: JSONata
    StartAt: First
    States:
      First:
        Type: Pass
        Assign:
          total: "{% $sum($states.input.order.items.price) %}"
        Next: Each
      Each:
        Type: Map
        Items: "{% $states.input.order.items %}"
        ItemSelector:
          price: "{% $states.context.Map.Item.Value.price + $total %}"
        ItemProcessor:
          StartAt: One
          States:
            One: { Type: Pass, Output: "{% $states.input.price %}", End: true }
        Next: Last
      Last:
        Type: Pass
        Output: "${output}"
        End: true
  `;
  const check = (text: string): string | undefined => sampled(text, { input }, 'yaml');
  const at = (text: string): string | undefined => {
    const plain = text.replace('<|>', '');
    return check(machine('x').replace(plain, text));
  };

  test('a path', () => expect(at('$states.input.ord<|>er.items.price')).toMatch(/^input\.json: \{id: 7/));
  test('a function: its whole expression', () => expect(at('$su<|>m(')).toBe('input.json: 5'));
  test('a variable where it is assigned and where it is read', () => {
    expect(at('to<|>tal:')).toBe('input.json: 5');
    expect(at('+ $to<|>tal')).toBe('input.json: 5');
  });
  test('the item of a Map', () => expect(at('Map.Item.Value.pri<|>ce')).toBe('input.json: 2'));
  test('inside of the Map: the first iteration', () =>
    expect(at('$states.input.pri<|>ce')).toBe('input.json: 7'));
  test('elsewhere in an expression: the whole of it', () =>
    expect(check(machine('{% 1 <|>+ $total %}'))).toBe('input.json: 6'));
  test('a member of a variable that is an object', () =>
    expect(check(machine('{% $states.input[0] + $tot<|>al %}'))).toBe('input.json: 5'));
});

test('an expression that never ends costs little, and has no value', () => {
  const slow = '($f := function($n) { $f($n + 1) }; $f(0))';
  const text = `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% <|>${slow} %}","Next":"B"},"B":{"Type":"Pass","Output":"{% [1..800000].$string() %}","End":true}}}`;
  expect(sampled(text, { input })).toBeUndefined();
});

describe('where inputs come from', () => {
  const text = jsonPath('"Parameters":{"p.$":"$.order.i<|>d"},');
  test('a file of the name of the definition, or input.json', () => {
    const { analysis } = marked(text);
    expect(inputUrisOf(analysis, surroundings({}, analysis))).toEqual([
      'test:///machine.input.json',
      'test:///input.json',
    ]);
  });
  test('a test', () => {
    const tests = {
      definition: 'machine.asl.json',
      tests: { one: { input: { order: { id: 8 } }, expect: { status: 'SUCCEEDED' } } },
    };
    expect(sampled(text, { tests, input })).toBe("test 'one': 8");
  });
  test('the last run', () => expect(sampled(text, { last: { order: { id: 9 } } })).toBe('the last run: 9'));
  test('nowhere: no value', () => expect(sampled(text, {})).toBeUndefined());
});

describe('completion rests on samples', () => {
  const labels = (text: string, around: Around): readonly string[] => {
    const plain = marked(text).analysis;
    const all = surroundings(around, plain);
    const sources = sampleSources(plain, all, { files: filesOf(around), last: undefined });
    const { analysis, position } = marked(text, 'json', {
      ...knowledge,
      samples: samplesFrom(plain, sources, all),
    });
    return completion(analysis, position).items.map(({ label }) => label);
  };
  test('members of the input', () =>
    expect(labels(jsonPath('"Parameters":{"p.$":"$.order.<|>"},'), { input })).toEqual(['id', 'items']));
  test('members of what a mock answers', () =>
    expect(labels(jsonPath('"ResultSelector":{"p.$":"$.Payload.<|>"},'), { mocks })).toEqual([
      'id',
      'token',
    ]));
  test('errors that mocks throw', () => {
    const text = jsonPath('').replace('"States.ALL"', '"<|>"');
    expect(labels(text, { mocks })[0]).toBe('Card.Refused');
    expect(labels(text, {})).not.toContain('Card.Refused');
  });
});

describe('samples find no fault', () => {
  const examples = path.resolve(import.meta.dirname, '../../examples');
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.asl\.(?:json|yaml)$/.test(name),
  );
  test.each(files)('%s', name => {
    const source = {
      uri: name,
      version: 1,
      format: formatOf(name),
      text: readFileSync(path.join(examples, name), 'utf8'),
    };
    const settings = { enable: true, rules: {} };
    const without = diagnostics(analyze(source, knowledge), settings);
    for (const nothing of [{}, [], 'text', { other: 1 }]) {
      const samples = { executionInput: nothing, resultOf: () => nothing, errorsOf: () => [] };
      expect(diagnostics(analyze(source, { ...knowledge, samples }), settings)).toEqual(without);
    }
  });
});

test('samples that were tried before, wholly or in part, give the same values', () => {
  const around = { input, mocks };
  const text = jsonPath('', '.<|>Error');
  const valueAfter = (steps: number): unknown => {
    const { analysis, position } = marked(text, 'json', knowledge);
    const sources = sampleSources(analysis, surroundings(around, analysis), {
      files: filesOf(around),
      last: undefined,
    });
    const work = trySamplesInSteps(analysis, sources);
    let done = 0;
    while (done < steps && work.next().done !== true) done++;
    return { contents: hover(analysis, position, sources)?.contents, done };
  };
  const untried = valueAfter(0);
  expect(JSON.stringify(untried)).toContain('Card.Refused');
  const all = valueAfter(Infinity) as { readonly done: number };
  expect(all.done).toBeGreaterThan(5);
  for (let done = 0; done <= all.done; done++) expect(valueAfter(done)).toEqual({ ...all, done });
});
