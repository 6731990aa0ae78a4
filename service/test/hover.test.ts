import { describe, expect, test } from 'vitest';
import type { Format } from '#core/text/source.ts';
import { hover } from '#service/languageService.ts';
import { knowledge } from './knowledge.ts';
import { marked } from './markers.ts';

function hovered(text: string, format: Format = 'json'): string {
  const { analysis, position } = marked(text, format, knowledge);
  const contents = hover(analysis, position)?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

describe('a state', () => {
  const machine = (next: string): string =>
    `{"StartAt":"Pay","States":{"Pay":{"Type":"Task","Comment":"Takes the money.","Resource":"arn:aws:states:::sqs:sendMessage","Retry":[{"ErrorEquals":["States.Timeout"],"MaxAttempts":2,"IntervalSeconds":5}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Oops"}],"Next":"${next}"},"Done":{"Type":"Succeed"},"Oops":{"Type":"Fail","Error":"E"}}}`;

  test('is summed up where it is named', () => {
    const text = hovered(machine('Done').replace('"StartAt":"Pay"', '"StartAt":"P<|>ay"'));
    expect(text).toContain('**Pay** · Task · sqs sendMessage');
    expect(text).toContain('Takes the money');
    expect(text).toContain('- from `StartAt`');
    expect(text).toContain('- to `Done`, `Oops` on `States.ALL`');
    expect(text).toContain('retries `States.Timeout` 2 times after 5 s, × 2 each');
  });

  test('tells where a Fail state is caught from', () => {
    expect(hovered(machine('Done').replace('"Oops":{', '"Oo<|>ps":{'))).toContain('- from `Pay` (Catch)');
  });

  test('in YAML', () => {
    const text = `
      StartAt: A
      States:
        A:
          Type: Wait
          Seconds: 5
          Next: <|>B
        B: { Type: Succeed }
    `;
    expect(hovered(text, 'yaml')).toContain('**B** · Succeed');
  });
});

describe('a field', () => {
  test('shows its rule and its documentation', () => {
    const text = hovered(`{"States":{"A":{"Type":"Wait","Sec<|>onds":1}}}`);
    expect(text).toContain('**Seconds**: integer from 0 to 99999999, or JSONata');
    expect(text).toContain('Not together with `SecondsPath`');
    expect(text).toContain('](https://docs.aws.amazon.com/');
  });

  test('of the other query language says so', () => {
    expect(hovered(`{"States":{"A":{"Type":"Task","Argu<|>ments":1}}}`)).toContain('JSONata only');
  });

  test('of an API shows type and sentence', () => {
    const text = hovered(
      `{"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:putItem","Parameters":{"Condition<|>Expression":"t"}}}}`,
    );
    expect(text).toContain('**ConditionExpression**: string');
    expect(text).toContain('A condition that must be');
  });
});

describe('a value', () => {
  test('types, Error Names and ARNs are explained', () => {
    expect(hovered(`{"States":{"A":{"Type":"Pa<|>rallel"}}}`)).toContain('several branches');
    expect(
      hovered(`{"States":{"A":{"Type":"Task","Retry":[{"ErrorEquals":["States.Time<|>out"]}]}}}`),
    ).toContain('**States.Timeout**');
    const arn = hovered(
      `{"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dyna<|>modb:putItem"}}}`,
    );
    expect(arn).toContain('**dynamodb putItem** · AWS SDK integration');
    expect(arn).toContain('Needs `TableName`, `Item`.');
  });
});

test('errors of the service a Task calls are told to be', () => {
  expect(
    hovered(
      `{"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:putItem","Retry":[{"ErrorEquals":["DynamoDb.Resource<|>NotFoundException"]}]}}}`,
    ),
  ).toContain('An error of dynamodb putItem');
});

describe('inside expressions', () => {
  const jsonata = (expression: string): string =>
    `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Task","Assign":{"total":"{% 1 %}"},"Next":"B"},"B":{"Type":"Task","Output":"{% ${expression} %}"}}}`;

  test('JSONata functions', () => {
    expect(hovered(jsonata('$sub<|>string($states.input.x, 1)'))).toContain('$substring(');
  });

  test('$states and its members', () => {
    expect(hovered(jsonata('$sta<|>tes.result'))).toContain('The data of the state');
    expect(hovered(jsonata('$states.res<|>ult.x'))).toContain('**$states.result**');
    expect(hovered(jsonata('$states.context.Execution.Na<|>me'))).toContain('Name of the execution');
  });

  test('variables with their assignments', () => {
    const text = hovered(jsonata('$to<|>tal + 1'));
    expect(text).toContain('$total');
    expect(text).toContain('- `A` = `"{% 1 %}"`');
    expect(text).toContain('on every way');
  });

  test('intrinsic functions, paths and the Context Object', () => {
    const jsonPath = (value: string): string =>
      `{"States":{"A":{"Type":"Pass","Parameters":{"x.$":"${value}"}}}}`;
    expect(hovered(jsonPath("States.For<|>mat('{}', $.a)"))).toContain('States.Format(');
    expect(hovered(jsonPath('$$.Execution.I<|>d'))).toContain('ARN of the execution');
    expect(hovered(jsonPath('<|>$.a'))).toContain('The input of the state');
  });

  test('in YAML block text', () => {
    const text = `
      QueryLanguage: JSONata
      States:
        A:
          Type: Pass
          Output: |-
            {%
              $upper<|>case("x")
            %}
    `;
    expect(hovered(text, 'yaml')).toContain('$uppercase(');
  });
});

describe('inferred data', () => {
  test('of a variable and of a member of the input', () => {
    const text = (expression: string): string =>
      `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"order":{"id":1}},"Output":{"name":"{% 'x' %}"},"Next":"B"},"B":{"Type":"Pass","Output":"{% ${expression} %}","End":true}}}`;
    expect(hovered(text('$or<|>der'))).toContain('$order: { id: 1 }');
    expect(hovered(text('$states.input.na<|>me'))).toContain('"x"');
  });

  test('of a path', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"list":[{"x":1}]},"Next":"B"},"B":{"Type":"Pass","Parameters":{"t.$":"$.li<|>st[0].x"},"End":true}}}`;
    expect(hovered(text)).toContain('$.list: { x: 1 }[]');
  });
});
