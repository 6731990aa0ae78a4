import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { valueOf } from '#core/syntax/node.ts';

const sites = (text: string, format: 'json' | 'yaml' = 'yaml') =>
  analyze({ uri: 'template', version: 1, format, text, role: 'other' }).machines;

const machine = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';

describe('definitions in templates', () => {
  test('an object in a SAM template', () => {
    const text = `
Resources:
  Fn: {Type: AWS::Serverless::Function}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionSubstitutions: {Arn: !GetAtt Fn.Arn}
      Definition:
        StartAt: A
        States:
          A: {Type: Task, Resource: "\${Arn}", End: true}
`;
    const [found, ...others] = sites(text);
    expect(others).toEqual([]);
    expect(found?.site).toMatchObject({ kind: 'object', name: 'Flow', type: 'EXPRESS' });
    expect(valueOf(found?.site.substitutions, 'Arn')?.kind).toBe('tag');
    expect(found?.machine.states.map(state => text.slice(state.key.start, state.key.end))).toEqual(['A']);
  });

  test.each([
    ['a plain string', JSON.stringify(machine)],
    ['Fn::Sub of a string', JSON.stringify({ 'Fn::Sub': machine })],
    ['Fn::Sub with variables', JSON.stringify({ 'Fn::Sub': [machine, { A: 'b' }] })],
    [
      'pieces as the CDK joins them',
      JSON.stringify({ 'Fn::Join': ['', [machine.slice(0, 30), machine.slice(30)]] }),
    ],
  ])('JSON text in a DefinitionString: %s', (_form, value) => {
    const text = `{"Resources":{"Flow":{"Type":"AWS::StepFunctions::StateMachine","Properties":{"DefinitionString":${value}}}}}`;
    const [found] = sites(text, 'json');
    expect(found?.site).toMatchObject({ kind: 'text', name: 'Flow' });
    const state = found?.machine.states[0];
    expect(state?.name).toBe('A');
    expect(text.slice(state?.key.start, state?.key.end)).toBe('\\"A\\"');
  });

  test('a value between joined pieces is a placeholder', () => {
    const pieces = [
      '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"',
      { 'Fn::GetAtt': ['Fn', 'Arn'] },
      '","End":true}}}',
    ];
    const text = JSON.stringify({
      Resources: {
        Flow: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { DefinitionString: { 'Fn::Join': ['', pieces] } },
        },
      },
    });
    const state = sites(text, 'json')[0]?.machine.states[0];
    expect(state?.type === 'Task' && state.resource?.value).toBe('${Value}');
  });

  test('a block of text in YAML keeps its places', () => {
    const text = `
Resources:
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub |
        {
          "StartAt": "A",
          "States": { "A": { "Type": "Wait", "Seconds": \${Delay}, "End": true } }
        }
`;
    const [found] = sites(text);
    const state = found?.machine.states[0];
    expect(text.slice(state?.key.start, state?.key.end)).toBe('"A"');
    expect(found?.site.tree.problems).toEqual([]);
  });

  test('the Serverless Framework', () => {
    const text =
      'stepFunctions:\n  stateMachines:\n    hello:\n      definition:\n        StartAt: A\n        States: {A: {Type: Succeed}}\n';
    expect(sites(text)[0]?.site).toMatchObject({ kind: 'object', name: 'hello' });
  });
});

describe('files that are not marked as definitions', () => {
  test('one that looks like a state machine is one', () => {
    expect(sites(machine, 'json').map(({ site }) => site.kind)).toEqual(['file']);
  });

  test.each([
    ['package.json', '{"name":"x","States":{}}'],
    ['a list', '[1,2]'],
    ['names of states only', '{"StartAt":"A","States":{"A":{}}}'],
    ['a template without state machines', '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}'],
    ['nothing', ''],
  ])('other JSON is left alone: %s', (_what, text) => {
    expect(sites(text, 'json')).toEqual([]);
  });

  test('a file that is marked is a definition whatever it holds', () => {
    expect(analyze({ uri: 'a', version: 1, format: 'json', text: '{}' }).machines).toHaveLength(1);
  });
});
