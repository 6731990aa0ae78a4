import { analyze, type MachineAnalysis } from '#core/analysis/analysis.ts';
import { positionIn, spanIn } from '#core/analysis/expressionSites.ts';
import type { Format } from '#core/text/source.ts';
import { describe, expect, test } from 'vitest';

function machineOf(text: string, format: Format = 'json'): MachineAnalysis {
  const [machine] = analyze({ uri: 'test.asl', version: 1, format, text }).machines;
  if (!machine) throw new Error('no state machine');
  return machine;
}

function sitesOf(states: string, queryLanguage = 'JSONPath'): string[] {
  const machine = machineOf(`{"QueryLanguage":"${queryLanguage}","StartAt":"A","States":${states}}`);
  return machine.expressions.all.map(({ location, grammar, text }) => `${location} ${grammar} ${text}`);
}

describe('what is evaluated', () => {
  test('in JSONPath states', () =>
    expect(
      sitesOf(
        `{"A":{"Type":"Task","Resource":"$.no","InputPath":"$.a","OutputPath":null,"Comment":"$.no","Parameters":{"a.$":"$.a","b":{"c":[{"d.$":"$$.x"},1]},"e":"$.no"},
          "ResultSelector":{"r.$":"States.UUID()"},"ResultPath":"$.r","TimeoutSecondsPath":"$.t","Credentials":{"RoleArn.$":"$.role"},
          "Assign":{"v.$":"$v"},"Retry":[{"ErrorEquals":["$.no"]}],"Catch":[{"ErrorEquals":["E"],"Next":"A","ResultPath":"$.e","Assign":{"w.$":"$.Error"}}],"End":true}}`,
      ),
    ).toEqual([
      'InputPath path $.a',
      'Parameters/a.$ payloadValue $.a',
      'Parameters/b/c[0]/d.$ payloadValue $$.x',
      'ResultSelector/r.$ payloadValue States.UUID()',
      'ResultPath resultPath $.r',
      'TimeoutSecondsPath referencePath $.t',
      'Credentials/RoleArn.$ pathOrIntrinsic $.role',
      'Assign/v.$ payloadValue $v',
      'Catch[0]/ResultPath resultPath $.e',
      'Catch[0]/Assign/w.$ payloadValue $.Error',
    ]));
  test('in JSONata states', () =>
    expect(
      sitesOf(
        `{"A":{"Type":"Task","Resource":"{% no %}","Comment":"{% no %}","Arguments":{"a":"{% 1 %}","b":["{%2%}","text"]},"TimeoutSeconds":"{% 3 %}",
          "Credentials":{"RoleArn":"{% 4 %}"},"Assign":{"v":"{% 5 %}"},"Output":"{% 6 %}","Catch":[{"ErrorEquals":["E"],"Next":"A","Output":{"o":"{% 7 %}"}}],"End":true},
          "C":{"Type":"Choice","Choices":[{"Condition":"{% 8 %}","Next":"A","Assign":{"x":"{% 9 %}"}}]},
          "M":{"Type":"Map","Items":"{% 10 %}","ItemSelector":{"i":"{% 11 %}"},"ItemReader":{"Resource":"r","Arguments":{"Bucket":"{% 12 %}"},"ReaderConfig":{"InputType":"CSV","MaxItems":"{% 13 %}"}},
            "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Wait","Seconds":"{% 14 %}","End":true}}},"End":true},
          "F":{"Type":"Fail","Error":"{% 15 %}"}}`,
        'JSONata',
      ),
    ).toEqual([
      'Arguments/a jsonata 1',
      'Arguments/b[0] jsonata 2',
      'TimeoutSeconds jsonata 3',
      'Credentials/RoleArn jsonata 4',
      'Assign/v jsonata 5',
      'Output jsonata 6',
      'Catch[0]/Output/o jsonata 7',
      'Choices[0]/Condition jsonata 8',
      'Choices[0]/Assign/x jsonata 9',
      'Items jsonata 10',
      'ItemSelector/i jsonata 11',
      'ItemReader/Arguments/Bucket jsonata 12',
      'ItemReader/ReaderConfig/MaxItems jsonata 13',
      'Error jsonata 15',
      'Seconds jsonata 14',
    ]));
  test('in Choice Rules at any depth', () =>
    expect(
      sitesOf(
        `{"A":{"Type":"Choice","Choices":[{"And":[{"Not":{"Variable":"$.a","IsNull":true}},{"Variable":"$$.b","StringEqualsPath":"$c"}],"Next":"A"}]}}`,
      ),
    ).toEqual([
      'Choices[0]/And[0]/Not/Variable path $.a',
      'Choices[0]/And[1]/Variable path $$.b',
      'Choices[0]/And[1]/StringEqualsPath path $c',
    ]));
});

describe('places in the file', () => {
  test('follow escapes', () => {
    const text = String.raw`{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Succeed","Output":"{%\n\"\u00e9\" & $name %}"}}}`;
    const [site] = machineOf(text).expressions.all;
    if (!site) throw new Error('no expression');
    const start = site.text.indexOf('$name');
    const span = spanIn(site, start, start + 5);
    expect(text.slice(span.start, span.end)).toBe('$name');
    expect(positionIn(site, span.start)).toBe(start);
  });
  test('follow the lines of a YAML block', () => {
    const text = [
      'QueryLanguage: JSONata',
      'StartAt: A',
      'States:',
      '  A:',
      '    Type: Succeed',
      '    Output: |-',
      '      {% (',
      '        $a := 1;',
      '        $a + $name',
      '      ) %}',
      '',
    ].join('\n');
    const [site] = machineOf(text, 'yaml').expressions.all;
    if (!site) throw new Error('no expression');
    const start = site.text.indexOf('$name');
    const span = spanIn(site, start, start + 5);
    expect(text.slice(span.start, span.end)).toBe('$name');
    expect(positionIn(site, span.start)).toBe(start);
  });
  test('are found by offset', () => {
    const text =
      '{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"$.a","OutputPath":"$.b","End":true}}}';
    const { expressions } = machineOf(text);
    expect(expressions.at(text.indexOf('$.a') + 1)?.text).toBe('$.a');
    expect(expressions.at(text.indexOf('$.b'))?.text).toBe('$.b');
    expect(expressions.at(text.indexOf('Type'))).toBeUndefined();
    expect(expressions.at(0)).toBeUndefined();
  });
});

test('equal texts are read once', () => {
  const { expressions } = machineOf(
    '{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"$.a","OutputPath":"$.a","End":true}}}',
  );
  expect(expressions.all[0]?.expression).toBe(expressions.all[1]?.expression);
});
