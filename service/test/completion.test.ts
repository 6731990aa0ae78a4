import { describe, expect, test } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver-types';
import type { Format } from '#core/text/source.ts';
import { completion } from '#service/languageService.ts';
import { knowledge } from './knowledge.ts';
import { applyEdits, marked } from './markers.ts';

function complete(text: string, format: Format): readonly CompletionItem[] {
  const { analysis, position } = marked(text, format, knowledge);
  return completion(analysis, position).items.toSorted((a, b) =>
    (a.sortText ?? '').localeCompare(b.sortText ?? ''),
  );
}

function labels(text: string, format: Format = 'json'): readonly string[] {
  return complete(text, format).map(item => item.label);
}

/** The text after accepting the item of that label. */
function accept(text: string, label: string, format: Format = 'json'): string {
  const { analysis } = marked(text, format);
  const item = complete(text, format).find(candidate => candidate.label === label);
  const edit = item?.textEdit;
  if (!item || !edit || !('range' in edit)) throw new Error(`no completion '${label}'`);
  return applyEdits(analysis, [...(item.additionalTextEdits ?? []), edit]);
}

describe('names of states', () => {
  test('those nothing leads to come first, the current one last', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"<|>"},"B":{"Type":"Pass","Next":"A"},"C":{"Type":"Succeed"}}}`;
    expect(labels(text)).toEqual(['B', 'C', 'A']);
  });

  test('only those of the scope', () => {
    const text = `{"StartAt":"F","States":{"F":{"Type":"Parallel","Branches":[{"StartAt":"<|>","States":{"X":{"Type":"Succeed"}}}]}}}`;
    expect(labels(text)).toEqual(['X']);
  });

  test('replace the whole string and keep what follows', () => {
    const text = `{"StartAt":"P<|>x","States":{"Pay":{"Type":"Pass","End":true}}}`;
    expect(accept(text, 'Pay')).toBe(`{"StartAt":"Pay","States":{"Pay":{"Type":"Pass","End":true}}}`);
  });

  test('stand behind a colon without a value', () => {
    const text = `{"States":{"A":{"Type":"Pass","Next": <|>},"B":{"Type":"Succeed"}}}`;
    expect(accept(text, 'B')).toBe(`{"States":{"A":{"Type":"Pass","Next": "B"},"B":{"Type":"Succeed"}}}`);
  });

  test('stand in a string that is not closed', () => {
    const text = `{"States":{"A":{"Type":"Pass","Next": "<|>},"B":{"Type":"Succeed"}}}`;
    expect(labels(text)).toContain('A');
  });

  test('of thousands the first thousand that fit what is typed', () => {
    const states = Array.from({ length: 2500 }, (_, index) => `"State ${index}":{"Type":"Pass","End":true}`);
    const named = (typed: string) => {
      const { analysis, position } = marked(
        `{"StartAt":"${typed}<|>","States":{${states.join()},"Late":{"Type":"Succeed"}}}`,
        'json',
      );
      const { isIncomplete, items } = completion(analysis, position);
      return { isIncomplete, count: items.length, first: items[0]?.label, last: items.at(-1)?.label };
    };
    expect(named('')).toEqual({ isIncomplete: true, count: 1000, first: 'State 0', last: 'State 999' });
    expect(named('ST 24')).toEqual({ isIncomplete: true, count: 232, first: 'State 24', last: 'State 2499' });
    expect(named('lte')).toEqual({ isIncomplete: true, count: 1, first: 'Late', last: 'Late' });
  });

  test('in YAML', () => {
    const text = `
      StartAt: A
      States:
        A:
          Type: Pass
          Next: <|>
        B:
          Type: Succeed
    `;
    expect(labels(text, 'yaml')).toEqual(['B', 'A']);
    expect(accept(text, 'B', 'yaml')).toContain('    Next: B\n');
  });

  test('directly behind a YAML colon a space is added', () => {
    const text = `
      StartAt:<|>
      States:
        A: { Type: Succeed }
    `;
    expect(accept(text, 'A', 'yaml')).toContain('StartAt: A\n');
  });
});

describe('after a field', () => {
  /** The fields behind which the editor suggests at once. */
  function suggesting(text: string): readonly string[] {
    return complete(text, 'json')
      .filter(({ command }) => command?.command === 'editor.action.triggerSuggest')
      .map(({ label }) => label);
  }

  test('suggestions come where there are some', () => {
    const inCatcher = `{"StartAt":"A","States":{"A":{"Type":"Task","Catch":[{"<|>"}]}}}`;
    expect(suggesting(inCatcher)).toEqual(['ErrorEquals', 'Next']);
  });

  test('the state to start at is suggested as the first of the states', () => {
    expect(suggesting('{"StartAt":"First","<|>"}')).toEqual(['States', 'QueryLanguage', 'Version']);
    expect(suggesting('{"StartAt":"","<|>"}')).toEqual(['QueryLanguage', 'Version']);
    expect(labels('{"StartAt":"First","States":{"<|>":{"Type":""}}}')).toEqual(['First']);
  });
});

describe('types and other fixed values', () => {
  test('the eight types of states', () => {
    expect(labels(`{"States":{"A":{"Type":"<|>"}}}`).toSorted()).toEqual([
      'Choice',
      'Fail',
      'Map',
      'Parallel',
      'Pass',
      'Succeed',
      'Task',
      'Wait',
    ]);
  });

  test('the query languages', () => {
    expect(labels(`{"QueryLanguage":"<|>"}`)).toEqual(['JSONPath', 'JSONata']);
  });
});

describe('names of fields', () => {
  test('required ones first, present ones left out', () => {
    const found = labels(`{"States":{"A":{"Type":"Task",<|>}}}`);
    expect(found.slice(0, 3)).toEqual(['Resource', 'Next', 'End']);
    expect(found).not.toContain('Type');
  });

  test('those of the query language', () => {
    const jsonata = labels(`{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task",<|>}}}`);
    expect(jsonata).toContain('Arguments');
    expect(jsonata).not.toContain('Parameters');
    const jsonPath = labels(`{"States":{"A":{"Type":"Task",<|>}}}`);
    expect(jsonPath).toContain('Parameters');
    expect(jsonPath).not.toContain('Arguments');
  });

  test('End is not offered beside Next', () => {
    expect(labels(`{"States":{"A":{"Type":"Pass","Next":"B",<|>}}}`)).not.toContain('End');
  });

  test('bring their value and the commas they need', () => {
    expect(accept(`{"StartAt":"A"\n<|>\n"States":{}}`, 'QueryLanguage')).toBe(
      `{"StartAt":"A",\n"QueryLanguage": "$1",\n"States":{}}`,
    );
  });

  test('replace the name alone where a value stands', () => {
    expect(accept(`{"Sta<|>":"A","States":{}}`, 'StartAt')).toBe(`{"StartAt":"A","States":{}}`);
  });
});

describe('names of fields in YAML', () => {
  test('on an empty line, by its indentation', () => {
    const text = (indent: string): string => `StartAt: A\nStates:\n  A:\n    Type: Wait\n${indent}<|>\n`;
    expect(labels(text('    '), 'yaml')).toContain('Seconds');
    expect(labels(text('  '), 'yaml')).toContain('Wait');
    expect(labels(text(''), 'yaml')).toContain('QueryLanguage');
  });

  test('while a word is typed', () => {
    expect(
      labels(`StartAt: A\nStates:\n  A:\n    Type: Wait\n    Se<|>\n  B:\n    Type: Pass\n`, 'yaml'),
    ).toContain('Seconds');
    expect(labels(`States:\n  A:\n    Ty<|>\n`, 'yaml')[0]).toBe('Type');
    expect(labels(`Sta<|>`, 'yaml').length).toBeGreaterThan(0);
  });

  test('in the first place of a state that has others', () => {
    expect(labels(`States:\n  A:\n    <|>\n    Type: Wait\n`, 'yaml')).toContain('Seconds');
  });

  test('behind the dash of a list', () => {
    const text = `States:\n  A:\n    Type: Task\n    Retry:\n      - <|>\n`;
    expect(labels(text, 'yaml').slice(0, 1)).toEqual(['ErrorEquals']);
    const second = `States:\n  A:\n    Type: Task\n    Retry:\n      - ErrorEquals: [States.ALL]\n        <|>\n`;
    expect(labels(second, 'yaml')).toContain('MaxAttempts');
    expect(labels(second, 'yaml')).not.toContain('ErrorEquals');
  });

  test('below an empty first line', () => {
    expect(labels(`\nSta<|>`, 'yaml').length).toBeGreaterThan(0);
    expect(labels(`\nStartAt: A\n<|>`, 'yaml')).toContain('States');
  });

  test('nothing inside of block text', () => {
    expect(labels(`States:\n  A:\n    Type: Pass\n    Comment: |-\n      some\n      <|>\n`, 'yaml')).toEqual(
      [],
    );
  });

  test('bring lists and objects on lines of their own', () => {
    expect(accept(`States:\n  A:\n    Type: Task\n    Re<|>\n`, 'Catch', 'yaml')).toContain(
      '    Catch:\n  - ErrorEquals:\n      - ${1:States.ALL}\n    Next: $2\n',
    );
  });
});

describe('whole states', () => {
  test('fit the query language', () => {
    const jsonata = accept(`{"QueryLanguage":"JSONata","States":{<|>}}`, 'Task: invoke a Lambda function');
    expect(jsonata).toContain('"Arguments": {');
    expect(jsonata).toContain('{% \\$states.input %}');
    expect(accept(`{"States":{<|>}}`, 'Task: invoke a Lambda function')).toContain('"Payload.\\$": "\\$"');
  });

  test('end the scope when they are its last state, else go on', () => {
    expect(accept(`{"States":{<|>}}`, 'Pass')).toContain('"End": true');
    expect(accept(`{"States":{"A":{"Type":"Pass"},<|>}}`, 'Pass')).toContain('"End": true');
    expect(accept(`{"States":{<|>"A":{"Type":"Pass"}}}`, 'Pass')).toContain('"Next": "${4:A}"');
    const yaml = accept('States:\n  A:\n    Type: Pass\n  <|>\n', 'Pass', 'yaml');
    expect(yaml).toMatch(/ {4}Next: Prepare\n[^]*\n {2}End: true\n/);
  });

  test('between two states go on to the one behind, and the one before comes here', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Pass"},<|>"B":{"Type":"Succeed"}}}`;
    const after = accept(text, 'Wait');
    expect(after).toContain('"A":{"Type":"Pass", "Next": "Wait"}');
    expect(after).toContain('"Next": "${3:B}"');
  });

  test('in YAML, too, and never past a state that ends', () => {
    const text = (end: string): string =>
      `StartAt: A\nStates:\n  A:\n    Type: Pass\n${end}  <|>\n  B:\n    Type: Succeed\n`;
    expect(accept(text(''), 'Wait', 'yaml')).toContain('    Type: Pass\n    Next: Wait\n');
    expect(accept(text('    End: true\n'), 'Wait', 'yaml')).not.toContain('Next: Wait');
  });

  test('offer the names that transitions already use', () => {
    expect(labels(`{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Missing"},<|>}}`)[0]).toBe('Missing');
  });

  test('in YAML', () => {
    expect(accept(`StartAt: A\nStates:\n  <|>\n`, 'Wait', 'yaml')).toBe(
      `StartAt: A\nStates:\n  \${1:Wait}:\n  Type: Wait\n  Seconds: \${2:60}\n  End: true\n`,
    );
  });
});

describe('an empty document', () => {
  test('offers whole state machines', () => {
    expect(labels('<|>')[0]).toBe('State machine');
    const yaml = accept('<|>', 'State machine', 'yaml');
    expect(yaml).toContain('QueryLanguage: JSONata\n');
    expect(yaml).toContain('States:\n  ${2:Hello}:\n    Type: Pass\n');
  });
});

describe('errors', () => {
  test('of the service first, then of the language; those in the list left out', () => {
    const found = labels(
      `{"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:putItem","Retry":[{"ErrorEquals":["States.ALL","<|>"]}]}}}`,
    );
    expect(found[0]).toMatch(/^DynamoDB\./);
    expect(found).toContain('States.Timeout');
    expect(found).not.toContain('States.ALL');
  });

  test('raised by Fail states inside', () => {
    expect(
      labels(
        `{"States":{"P":{"Type":"Parallel","Branches":[{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"OutOfStock"}}}],"Catch":[{"ErrorEquals":["<|>"]}]}}}`,
      )[0],
    ).toBe('OutOfStock');
  });

  test('in a YAML list', () => {
    expect(
      labels(`States:\n  A:\n    Type: Task\n    Retry:\n      - ErrorEquals:\n          - <|>\n`, 'yaml'),
    ).toContain('States.ALL');
    expect(
      labels(`States:\n  A:\n    Type: Task\n    Retry:\n      - ErrorEquals: [<|>]\n`, 'yaml'),
    ).toContain('States.ALL');
  });
});

describe('resources', () => {
  const task = (resource: string): string => `{"States":{"A":{"Type":"Task","Resource":"${resource}<|>"}}}`;

  test('optimized integrations with their patterns, and services of the SDK', () => {
    const found = labels(task(''));
    expect(found).toContain('arn:aws:states:::lambda:invoke.waitForTaskToken');
    expect(found).toContain('arn:aws:states:::aws-sdk:dynamodb:');
    expect(found).not.toContain('arn:aws:states:::s3:getObject');
  });

  test('the actions of the service', () => {
    expect(labels(task('arn:aws:states:::aws-sdk:dynamodb:'))).toContain(
      'arn:aws:states:::aws-sdk:dynamodb:putItem',
    );
  });
});

describe('parameters of APIs', () => {
  test('required ones first, as JSON or from a path', () => {
    const text = `{"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:putItem","Parameters":{<|>}}}}`;
    const found = labels(text);
    expect(found.slice(0, 2).toSorted()).toEqual(['Item', 'TableName']);
    expect(found).toContain('TableName.$');
    expect(accept(text, 'TableName')).toContain('"Parameters":{"TableName": "$1"}');
  });

  test('of nested structures, and values of enums', () => {
    const text = `{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask","Arguments":{"NetworkConfiguration":{<|>}}}}}`;
    expect(labels(text)).toEqual(['AwsvpcConfiguration']);
    const value = `{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask","Arguments":{"LaunchType":"<|>"}}}}`;
    expect(labels(value)).toContain('FARGATE');
  });

  test('in YAML', () => {
    const text = `States:\n  A:\n    Type: Task\n    Resource: arn:aws:states:::sqs:sendMessage\n    Parameters:\n      QueueUrl: q\n      <|>\n`;
    const found = labels(text, 'yaml');
    expect(found[0]).toBe('MessageBody');
    expect(found).not.toContain('QueueUrl');
  });
});

describe('JSONata', () => {
  const output = (expression: string): string =>
    `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"total":1},"Next":"B"},"B":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem","Output":"{% ${expression} %}"}}}`;

  test('variables, functions and $states', () => {
    const found = labels(output('$<|>'));
    expect(found.slice(0, 2)).toEqual(['$states', '$total']);
    expect(found).toContain('$uppercase');
    expect(accept(output('$upp<|>'), '$uppercase')).toBe(output(String.raw`\$uppercase($1)`));
  });

  test('members of $states, down to the result of the API', () => {
    expect(labels(output('$states.<|>'))).toEqual(['input', 'result', 'errorOutput', 'context']);
    expect(labels(output('$states.context.Execution.<|>'))).toContain('Name');
    expect(labels(output('$states.result.<|>'))).toContain('Item');
  });

  test('while the delimiter is not closed', () => {
    expect(labels(`{"QueryLanguage":"JSONata","States":{"B":{"Type":"Pass","Output":"{% $<|>"}}}`)).toContain(
      '$states',
    );
  });

  test('nothing inside of text', () => {
    expect(labels(output(String.raw`'a $<|>'`))).toEqual([]);
  });

  test('in arrays, conditions and YAML blocks', () => {
    expect(
      labels(
        `{"QueryLanguage":"JSONata","States":{"C":{"Type":"Choice","Choices":[{"Condition":"{% $<|> %}"}]}}}`,
      ),
    ).toContain('$states');
    expect(
      labels(
        `{"QueryLanguage":"JSONata","States":{"C":{"Type":"Pass","Output":{"a":["{% $states.<|> %}"]}}}}`,
      ),
    ).toContain('input');
    expect(
      labels(
        `QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n    Output: |-\n      {%\n        $states.<|>\n      %}\n`,
        'yaml',
      ),
    ).toContain('context');
  });
});

describe('JSONPath', () => {
  const parameters = (value: string): string =>
    `{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"total":1},"Next":"B"},"B":{"Type":"Pass","Parameters":{"x.$":"${value}"}}}}`;

  test('where a path begins', () => {
    const found = labels(parameters('<|>'));
    expect(found.slice(0, 3)).toEqual(['$', '$$', '$total']);
    expect(found).toContain('States.Format');
  });

  test('the Context Object', () => {
    expect(labels(parameters('$$.<|>'))).toContain('Execution');
    expect(accept(parameters('$$.Execution.<|>'), 'Name')).toBe(parameters('$$.Execution.Name'));
  });

  test('inside of a call', () => {
    expect(labels(parameters(`States.Format('{}', <|>)`))).toContain('$$');
    expect(labels(parameters(`States.Format('<|>')`))).toEqual([]);
  });

  test('a field that takes a path only', () => {
    expect(labels(`{"States":{"A":{"Type":"Pass","InputPath":"<|>"}}}`)).not.toContain('States.Format');
    expect(labels(`{"States":{"A":{"Type":"Pass","ResultPath":"<|>"}}}`)).toEqual(['$']);
  });
});

describe('members of data, as far as it can be inferred', () => {
  test('of a variable', () => {
    const text = `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"order":{"id":1,"items":[{"price":2}]}},"Next":"B"},"B":{"Type":"Pass","Output":"{% $order.<|> %}","End":true}}}`;
    expect(labels(text)).toEqual(['id', 'items']);
    expect(labels(text.replace('$order.', '$order.items[0].'))).toEqual(['price']);
    expect(labels(text.replace('$order.', '$order.items.'))).toEqual(['price']);
  });

  test('of the input, from the state before', () => {
    const text = `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":{"total":1},"Next":"B"},"B":{"Type":"Pass","Output":"{% $states.input.<|> %}","End":true}}}`;
    expect(labels(text)).toEqual(['total']);
  });

  test('of a JSONPath document', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"total":1,"list":[{"x":1}]},"Next":"B"},"B":{"Type":"Pass","Parameters":{"t.$":"$.<|>"},"End":true}}}`;
    expect(labels(text)).toEqual(['total', 'list']);
    expect(labels(text.replace('$.<', '$.list[0].<'))).toEqual(['x']);
  });

  test('of what an API answers, in ResultSelector', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem","Parameters":{"TableName":"t","Key":{}},"ResultSelector":{"i.$":"$.<|>"},"End":true}}}`;
    expect(labels(text)).toContain('Item');
  });
});
