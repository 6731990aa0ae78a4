import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseJson } from '#core/syntax/json.ts';
import { walk } from '#core/syntax/node.ts';
import { NoJsonNumber, treeAsJson } from '#core/syntax/treeAsJson.ts';
import { treeAsYaml } from '#core/syntax/treeAsYaml.ts';
import { parseYaml } from '#core/syntax/yaml.ts';

/** The JSON of a YAML text, without blanks between its tokens. */
function jsonOf(yaml: string): string {
  const text = wholeJsonOf(yaml);
  return text.replaceAll(/\n */g, '').replaceAll('": ', '":');
}

function wholeJsonOf(yaml: string): string {
  const { root, problems } = parseYaml(yaml);
  expect(problems).toEqual([]);
  const text = root ? treeAsJson(root) : 'nothing';
  return text instanceof NoJsonNumber ? `no JSON: ${text.node.text} at ${text.node.start}` : text;
}

const names = fc.constantFrom('10', '2', 'a', '"b c"', '$.x', "'1.0'", 'States', '-1', '__proto__');

const numbers = fc.oneof(
  fc.constantFrom('9007199254740993', '1.10', '0.1000', '1e400', '1.0E+2', '-0', '0x1F', '.5', '+3', '0o17'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => JSON.stringify(value)),
  fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
);

const texts = fc.oneof(
  fc.string().map(value => JSON.stringify(value)),
  fc.constantFrom('x', 'a b', "'it''s'", '1_000', 'yes', '~', 'true', '"\\u0041\\ud800"', '$.a'),
);

/** YAML in one line, as flow or in blocks, without names that repeat. */
const { value: yaml } = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    numbers,
    texts,
    fc.array(tie('value'), { maxLength: 4 }).map(items => `[${items.join(', ')}]`),
    fc
      .uniqueArray(fc.tuple(names, tie('value')), { maxLength: 5, selector: ([name]) => name })
      .map(members => `{${members.map(([name, value]) => `${name}: ${value}`).join(', ')}}`),
  ),
}));

describe('treeAsJson', () => {
  test('is read as what the YAML says', () => {
    fc.assert(
      fc.property(yaml, text => {
        const value: unknown = parse(text, { uniqueKeys: false, stringKeys: true });
        expect(JSON.parse(wholeJsonOf(text))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('looks as JSON.stringify writes it', () => {
    const { value: values } = fc.letrec<{ value: unknown }>(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(values, value => {
        const text = JSON.stringify(value, undefined, 2);
        const { root } = parseJson({ text });
        expect(root && treeAsJson(root)).toBe(text);
      }),
    );
  });

  test('there and back has the same numbers and the same order of names', () => {
    const { value: json } = fc.letrec<{ value: string }>(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
        fc.tuple(fc.integer(), fc.stringMatching(/^\d{1,25}$/)).map(parts => parts.join('.')),
        fc.constantFrom('"x"', 'null', '1.0e+400', '1.50E-7'),
        fc.array(tie('value'), { maxLength: 4 }).map(items => `[${items.join(',')}]`),
        fc
          .uniqueArray(fc.tuple(fc.oneof(fc.nat(30).map(String), fc.string()), tie('value')), {
            maxLength: 6,
            selector: ([name]) => name,
          })
          .map(
            members => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`,
          ),
      ),
    }));
    fc.assert(
      fc.property(json, text => {
        const { root } = parseJson({ text });
        const yaml = root ? treeAsYaml(root) : '';
        expect(tokensOf(wholeJsonOf(yaml), 'json')).toEqual(tokensOf(text, 'json'));
        expect(tokensOf(yaml, 'yaml')).toEqual(tokensOf(text, 'json'));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['9007199254740993', '9007199254740993'],
    ['1.10', '1.10'],
    ['0.1000', '0.1000'],
    ['1e400', '1e400'],
    ['0x1F', '31'],
    ['0xFFFFFFFFFFFFFFFF', '18446744073709551615'],
    ['0o17', '15'],
    ['012', '12'],
    ['-007.50', '-7.50'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['1.', '1'],
    ['+3', '3'],
    ['+9007199254740993', '9007199254740993'],
    ['1_000', '"1_000"'],
    ['!!int "7"', '7'],
    ['%YAML 1.1\n---\n[017, 1_000, 0b11, -0x1F, 1:30]', '[15,1000,3,-31,90]'],
  ])('the number %s', (text, expected) => {
    expect(jsonOf(text)).toBe(expected);
  });

  test('what is no number to JSON is named', () => {
    expect(jsonOf('a: 1\nb: [-.inf, .nan]')).toBe('no JSON: -.inf at 9');
  });

  test('names keep their order, repeated ones too', () => {
    expect(jsonOf('b: 1\n10: 2\n"2": 3\nb: 4\n__proto__: 5')).toBe(
      '{"b":1,"10":2,"2":3,"b":4,"__proto__":5}',
    );
  });

  test('a key without a value has the value null, as YAML says', () => {
    expect(jsonOf('a:\nb: {c, d: }\ne:\n  -\n  - 1')).toBe('{"a":null,"b":{"c":null,"d":null},"e":[null,1]}');
  });

  test('aliases and merge keys stand where they are meant', () => {
    expect(jsonOf('a: &x {k: 1.10, l: 2}\nb: *x\nc:\n  <<: *x\n  k: 3\nd: [*x]')).toBe(
      '{"a":{"k":1.10,"l":2},"b":{"k":1.10,"l":2},"c":{"k":3,"l":2},"d":[{"k":1.10,"l":2}]}',
    );
  });

  test('texts of several lines', () => {
    expect(jsonOf('a: |\n  x\n   "y"\nb: >-\n  p\n  q\nc: "\\t"')).toBe(
      String.raw`{"a":"x\n \"y\"\n","b":"p q","c":"\t"}`,
    );
  });

  test('tags become the functions that they are short for', () => {
    expect(
      jsonOf('a: !Sub "${X}"\nb: !Ref R\nc: !If [A, !Ref B, 1.0]\nd: !Condition C\ne: !GetAZs\nf: ! 12'),
    ).toBe(
      '{"a":{"Fn::Sub":"${X}"},"b":{"Ref":"R"},"c":{"Fn::If":["A",{"Ref":"B"},1.0]},"d":{"Condition":"C"},"e":{"Fn::GetAZs":""},"f":"12"}',
    );
  });

  test('the parts of !GetAtt stand apart, as CloudFormation wants them in JSON', () => {
    expect(jsonOf('a: !GetAtt F.Arn\nb: !GetAtt [F, Arn]\nc: !GetAtt S.Outputs.X\nd: !GetAtt F')).toBe(
      '{"a":{"Fn::GetAtt":["F","Arn"]},"b":{"Fn::GetAtt":["F","Arn"]},"c":{"Fn::GetAtt":["S","Outputs.X"]},"d":{"Fn::GetAtt":"F"}}',
    );
    expect(wholeJsonOf('a: !GetAtt F.Arn')).toBe(
      JSON.stringify({ a: { 'Fn::GetAtt': ['F', 'Arn'] } }, undefined, 2),
    );
  });

  test('substitutions become strings, as AWS reads them in YAML', () => {
    expect(jsonOf('a: ${A}\nb: "${B}"\nc: ${A}-${B}')).toBe('{"a":"${A}","b":"${B}","c":"${A}-${B}"}');
  });
});

/** The names and the numbers of a text, as they are written, in order. */
function tokensOf(text: string, format: 'json' | 'yaml'): readonly string[] {
  const { root } = format === 'json' ? parseJson({ text }) : parseYaml(text);
  if (!root) return [];
  return [...walk(root)].flatMap(node => {
    if (node.kind === 'number') return [node.text];
    return node.kind === 'object' ? node.properties.map(({ key }) => key.value) : [];
  });
}
