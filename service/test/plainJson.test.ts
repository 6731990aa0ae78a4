import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import { inEnglish } from '#core/text/translate.ts';
import { addToJson, problemOfJson } from '#service/features/plainJson.ts';

function added(text: string, addition: JsonObject): string {
  const result = addToJson(text, addition, inEnglish);
  return result.kind === 'added' ? result.text : `refused: ${result.reason}`;
}

const recorded: JsonObject = {
  StateMachines: { Order: { TestCases: { Recorded: { Pay: 'PayRecorded' } } } },
  MockedResponses: { PayRecorded: { '0': { Return: { id: 1 } } } },
};

const file = `{
    "StateMachines": {
        "Order": {
            "TestCases": {
                "Happy": { "Pay": "PayOk" }
            }
        }
    },
    "MockedResponses": {
        "PayOk": { "0": { "Return": { "id": 9007199254740993, "total": 1.10 } } }
    }
}
`;

describe('problemOfJson', () => {
  test('tells what is wrong and where, in our words', () => {
    expect(problemOfJson('{\n  "a": }', inEnglish)).toBe(
      'This is not JSON. Line 2, column 7: Value expected.',
    );
    expect(problemOfJson('', inEnglish)).toBe('This is not JSON. Line 1, column 1: Value expected.');
    expect(problemOfJson('{"a": [1.5]}', inEnglish)).toBeUndefined();
  });
});

describe('addToJson', () => {
  test('a test case comes behind the others, and theirs stay as they are written', () => {
    expect(added(file, recorded)).toBe(`{
    "StateMachines": {
        "Order": {
            "TestCases": {
                "Happy": { "Pay": "PayOk" },
                "Recorded": {
                    "Pay": "PayRecorded"
                }
            }
        }
    },
    "MockedResponses": {
        "PayOk": { "0": { "Return": { "id": 9007199254740993, "total": 1.10 } } },
        "PayRecorded": {
            "0": {
                "Return": {
                    "id": 1
                }
            }
        }
    }
}
`);
  });

  test('what was recorded before is replaced, answers as a whole', () => {
    const later = { MockedResponses: { PayRecorded: { '0-1': { Throw: { Error: 'E' } } } } };
    const text = added(added('{}', recorded), later);
    expect(JSON.parse(text)).toEqual({ ...recorded, ...later });
    expect(added(text, later)).toBe(text);
  });

  test('a file that is empty becomes the object', () => {
    expect(added(' \n', { a: { b: 1 } })).toBe('{\n  "a": {\n    "b": 1\n  }\n}\n');
  });

  test('objects in one line stay in one line, and lines end as they did', () => {
    expect(added('{"a": {"x": 1}, "b": {}}', { a: { y: [{}] }, c: 'd' })).toBe(
      '{"a": {"x": 1, "y": [{}]}, "b": {}, "c": "d"}',
    );
    expect(added('{\r\n\t"a": 1\r\n}\r\n', { b: { c: 2 } })).toBe(
      '{\r\n\t"a": 1,\r\n\t"b": {\r\n\t\t"c": 2\r\n\t}\r\n}\r\n',
    );
  });

  test.each([
    ['{\n  "StateMachines": {\n', 'This is not JSON. Line 2, column 21: Closing brace expected.'],
    [
      '{"a": 1,}',
      'This is not JSON. Line 1, column 8: AWS refuses a comma behind the last element. Remove it.',
    ],
    ['[]', 'The file holds no JSON object to which something could be added.'],
  ])('%j is refused with the place', (text, reason) => {
    expect(added(text, recorded)).toBe(`refused: ${reason}`);
  });

  test('the result is the file with the object merged into it', () => {
    const names = fc.constantFrom('a', 'b', '0', '__proto__', 'x"y');
    const { object } = fc.letrec<{ value: Json; object: JsonObject }>(tie => ({
      value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.constant('s'), tie('object')),
      object: fc
        .uniqueArray(fc.tuple(names, tie('value')), { maxLength: 4, selector: ([name]) => name })
        .map(members => Object.fromEntries(members)),
    }));
    fc.assert(
      fc.property(object, object, fc.constantFrom(undefined, 2, '\t'), (first, second, indent) => {
        expect(JSON.parse(added(JSON.stringify(first, undefined, indent), second))).toEqual(
          JSON.parse(JSON.stringify(merged(first, second))),
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** Both objects in one, as the file should read. */
function merged(first: JsonObject, second: JsonObject): JsonObject {
  const both = new Map(Object.entries(first));
  for (const [name, value] of Object.entries(second)) {
    const known = both.get(name);
    both.set(
      name,
      isJsonObject(known) && isJsonObject(value) && !isAnswer(value) ? merged(known, value) : value,
    );
  }
  return Object.fromEntries(both);
}

function isAnswer(value: JsonObject): boolean {
  return Object.keys(value).join('') === '0';
}
