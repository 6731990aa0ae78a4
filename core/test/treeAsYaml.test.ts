import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '#core/syntax/json.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { treeAsYaml } from '#core/syntax/treeAsYaml.ts';
import { parseYaml } from '#core/syntax/yaml.ts';

function yamlOf(json: string): string {
  const { root } = parseJson({ text: json });
  return root ? treeAsYaml(root) : '';
}

describe('treeAsYaml', () => {
  test('is read as what the JSON says', () => {
    const strings = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'arn:aws:states:::x',
        '$.a[0]',
        '$',
        'a: b',
        'null',
        'yes',
        'a\nb\n',
        '- a',
        '/x',
        'a:',
        '',
      ),
    );
    const { value: values } = fc.letrec<{ value: unknown }>(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        strings,
        fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => number || 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(strings, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(values, value => {
        const { root, problems } = parseYaml(yamlOf(JSON.stringify(value)));
        expect(problems).toEqual([]);
        expect(root && toJson(root)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('keeps the order of members and the digits of numbers', () => {
    expect(yamlOf('{"b": 1.0, "10": 12345678901234567890, "2": -0.50, "a": 1e3}')).toBe(
      "b: 1.0\n'10': 12345678901234567890\n'2': -0.50\na: 1.0e+3",
    );
  });

  test('an exponent has a point and a sign, without which it is text to some readers', () => {
    expect(yamlOf('[1e3, -1.50E2, 1e400, 1.1e-7, 0e0, -0]')).toBe(
      '- 1.0e+3\n- -1.50E+2\n- 1.0e+400\n- 1.1e-7\n- 0.0e+0\n- -0',
    );
  });

  test('numbers of YAML are numbers again', () => {
    const { root } = parseYaml('[.inf, -.inf, .nan, 0x1F, .5, +3, 0o17]');
    expect(root && treeAsYaml(root)).toBe('- .inf\n- -.inf\n- .nan\n- 31\n- 0.5\n- 3\n- 15');
  });

  test('a repeated name stands where it is first, with its last value', () => {
    expect(yamlOf('{"a": {"a": 1}, "b": {"a": 2, "b": 3}, "a": [{"x": {}}, {"z": [[]]}]}')).toBe(
      'a:\n  - x: {}\n  - z:\n      - []\nb:\n  a: 2\n  b: 3',
    );
  });

  test('substitutions become strings', () => {
    expect(yamlOf('{"a": ${A}, "b": "${B}", "c": "x ${C}"}')).toBe('a: ${A}\nb: ${B}\nc: x ${C}');
  });
});
