import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { check } from '#core/analysis/check.ts';
import type { Format } from '#core/text/source.ts';
import { catalogue } from '../language/services/assets.ts';

/*
 * Whatever happens to a text while it is edited: the checks answer, and speak of places inside it.
 */

const json = JSON.stringify(
  {
    Comment: 'stepwise-ignore task/no-timeout',
    StartAt: 'Räd',
    States: {
      Räd: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.a[0].b', NumericLessThan: 3 },
              { Not: { Variable: '$$.x', IsPresent: true } },
            ],
            Next: 'Work',
          },
        ],
        Default: 'Fan',
      },
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::dynamodb:putItem.waitForTaskToken',
        Parameters: {
          TableName: '${Table}',
          'Item.$': "States.JsonMerge($.a, States.StringToJson('{\"b\": \\\\'}'), false)",
        },
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 2 }],
        Catch: [{ ErrorEquals: ['X'], Next: 'Fan', ResultPath: '$.error' }],
        Next: 'Fan',
      },
      Fan: {
        Type: 'Parallel',
        QueryLanguage: 'JSONata',
        Branches: [
          {
            StartAt: 'One',
            States: {
              One: {
                Type: 'Pass',
                QueryLanguage: 'JSONata',
                Output: '{% $states.input.a[b > 1] ~> $map(function($x) { $x & "😀" }) %}',
                End: true,
              },
            },
          },
        ],
        Assign: { total: '{% $sum($states.result.*) %}' },
        End: true,
      },
      Each: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'Two',
          States: { Two: { Type: 'Wait', Seconds: 9, End: true } },
        },
        Label: 'x',
        End: true,
      },
    },
  },
  undefined,
  2,
);

const yaml = `# stepwise-ignore pass/does-nothing
StartAt: A
x-common: &common
  Type: Task
  Resource: !Sub "arn:aws:lambda:\${AWS::Region}:1:function:f"
States:
  A:
    <<: *common
    Next: 'B c'
  "B c":
    Type: Pass
    QueryLanguage: JSONata
    Output: |
      {%
        $states.input.a
      %}
    Assign: {x: "{% 1 %}", y: !Ref Z}
    Next: D
  D: {Type: Wait, Seconds: \${Seconds}, End: true}
`;

function findingsAreInside(text: string, format: Format, role: 'definition' | 'other'): void {
  const source = { uri: 'x', version: 1, format, text, role };
  const found = check(analyze(source, { services: catalogue, now: 0, workflowType: 'EXPRESS' }));
  for (const { start, end, related = [], fix } of found) {
    for (const span of [{ start, end }, ...related, ...(fix?.kind === 'replaceText' ? [fix.span] : [])]) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.start).toBeLessThanOrEqual(span.end);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  }
}

/** A text with some pieces cut out, doubled, or replaced by noise. */
function edited(text: string): fc.Arbitrary<string> {
  const place = fc.integer({ min: 0, max: text.length });
  const noise = fc.oneof(
    fc.constantFrom(
      '"',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '\\',
      '{%',
      '%}',
      '$',
      '${',
      'null',
      '\n',
      '  ',
      '- ',
      '&a ',
      '*a',
      '<<: ',
      '|',
      '\u0000',
      '\ud800',
    ),
    fc.string({ maxLength: 8, unit: 'binary' }),
  );
  const edit = fc.record({ place, length: fc.integer({ min: 0, max: 60 }), noise });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map(edits => {
    let result = text;
    for (const { place: at, length, noise: inserted } of edits) {
      result = result.slice(0, at) + inserted + result.slice(at + length);
    }
    return result;
  });
}

const settings = { seed: 20_261_121, numRuns: 60 } as const;

describe.each([
  ['json', json],
  ['yaml', yaml],
] as const)('%s', (format, text) => {
  test('every prefix is checked', () => {
    for (let length = 0; length <= text.length; length += format === 'json' ? 37 : 17) {
      findingsAreInside(text.slice(0, length), format, 'definition');
    }
  });

  test('every suffix is checked', () => {
    for (let from = 0; from <= text.length; from += 61)
      findingsAreInside(text.slice(from), format, 'definition');
  });

  test('edits and noise are checked', () => {
    const role = fc.constantFrom('definition' as const, 'other' as const);
    fc.assert(
      fc.property(edited(text), role, (broken, as) => findingsAreInside(broken, format, as)),
      settings,
    );
  });
});

test('any JSON value may stand anywhere', () => {
  const members = [
    'StartAt',
    'States',
    'Type',
    'Next',
    'End',
    'Choices',
    'Branches',
    'ItemProcessor',
    'Retry',
    'Catch',
    'ErrorEquals',
    'Assign',
    'Output',
    'Parameters',
    'Resource',
    'And',
    'Not',
    'Variable',
    'Condition',
    'ItemReader',
    'QueryLanguage',
    'ProcessorConfig',
    'Mode',
    'Seconds',
    'Label',
  ];
  const leaf = fc.oneof(
    fc.constantFrom(
      'A',
      'Task',
      'Map',
      'Parallel',
      'Choice',
      'JSONata',
      'DISTRIBUTED',
      '$.a',
      '{% $x %}',
      'States.ALL',
    ),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 7, depthSize: 'medium' },
      leaf,
      fc.dictionary(fc.constantFrom(...members, 'A', 'B'), tie('tree'), { maxKeys: 8 }),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, value => findingsAreInside(JSON.stringify(value), 'json', 'definition')),
    { ...settings, numRuns: 150 },
  );
});
