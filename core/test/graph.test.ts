import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { graphOf } from '#core/graph/fromMachine.ts';
import { escape, mermaidText } from '#core/graph/mermaid.ts';
import type { Json } from '#core/json.ts';

const draw = (definition: Json, collapsed: string[] = []) => {
  const [machine] = analyze({
    uri: 'test',
    version: 1,
    format: 'json',
    text: JSON.stringify(definition),
  }).machines;
  if (!machine) throw new Error('no machine');
  return graphOf(machine, { collapsed: new Set(collapsed) });
};
const edgesOf = (definition: Json) =>
  draw(definition).edges.map(({ kind, from, to, label }) => `${from} ${kind} ${to}${label && `: ${label}`}`);

const pass = (next?: string) =>
  next === undefined ? { Type: 'Pass', End: true } : { Type: 'Pass', Next: next };

describe('graphOf', () => {
  test('draws Start, the states in the order of the flow, and End', () => {
    const graph = draw({ StartAt: 'A', States: { B: pass(), A: pass('B') } });
    expect(graph.nodes.map(node => node.id)).toEqual(['#start', '/States/A', '/States/B', '#end']);
    expect(graph.edges.map(edge => edge.id)).toEqual([
      '/States/A#Next',
      '#start>/States/A',
      '/States/B>#end',
    ]);
  });

  test('labels the edges of a Choice with their conditions', () => {
    const rule = (extra: Json) => Object.assign({ Next: 'B' }, extra);
    const edges = edgesOf({
      StartAt: 'A',
      States: {
        A: {
          Type: 'Choice',
          Choices: [
            rule({ Variable: '$.n', NumericGreaterThan: 100 }),
            rule({ Variable: '$.vip', BooleanEquals: false }),
            rule({
              And: [{ Variable: '$.s', StringMatches: 'a*' }, { Not: { Variable: '$.x', IsPresent: true } }],
            }),
            rule({ Condition: '{% $states.input.n > 1 %}' }),
          ],
          Default: 'B',
        },
        B: pass(),
      },
    });
    expect(edges.filter(edge => edge.startsWith('/States/A '))).toEqual([
      '/States/A choice /States/B: $.n > 100',
      '/States/A choice /States/B: not $.vip',
      '/States/A choice /States/B: $.s ~ "a*" and not $.x is present',
      '/States/A choice /States/B: $states.input.n > 1',
      '/States/A default /States/B: Default',
    ]);
  });

  test('shortens what does not fit on an edge to what tells it from others', () => {
    const rule = (extra: Json) => Object.assign({ Next: 'A' }, extra);
    const edges = edgesOf({
      StartAt: 'A',
      States: {
        A: {
          Type: 'Choice',
          Choices: [
            rule({ Variable: '$.result.NewAccount.CreateAccountStatus.State', StringEquals: 'FAILED' }),
            rule({ Condition: '{% $states.input.JobRun.JobRunState = "SUCCEEDED" %}' }),
            rule({ Variable: '$.orders[0].lines[1].product.number', NumericEquals: 1 }),
          ],
        },
        B: {
          Type: 'Pass',
          Catch: [
            { ErrorEquals: ['Lambda.Unknown', 'States.Timeout', 'Another.Error'], Next: 'A' },
            { ErrorEquals: ['Organizations.DuplicateOrganizationalUnitException'], Next: 'A' },
          ],
          End: true,
        },
      },
    });
    expect(edges.filter(edge => / (choice|catch) /.test(edge)).map(edge => edge.split(': ')[1])).toEqual([
      '….State = "FAILED"',
      '….JobRunState = "SUCCEEDED"',
      '$.orders[0].lines[1].product.number…',
      'Lambda.Unknown, States.Timeout +1',
      'Organizations.DuplicateOrganization…',
    ]);
  });

  test('names the errors of a Catch, and draws a state that is missing', () => {
    const edges = edgesOf({
      StartAt: 'A',
      States: {
        A: { Type: 'Task', Resource: 'x', Catch: [{ ErrorEquals: ['E1', 'E2'], Next: 'Lost' }], End: true },
      },
    });
    expect(edges).toContain('/States/A catch /Lost#missing: E1, E2');
  });

  test('puts branches and iterations inside their state, unless that is collapsed', () => {
    const definition = {
      StartAt: 'Fan',
      States: {
        Fan: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'L', States: { L: pass() } },
            { StartAt: 'R', States: { R: pass() } },
          ],
          Next: 'Each',
        },
        Each: {
          Type: 'Map',
          MaxConcurrency: 5,
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'W', States: { W: pass() } },
          End: true,
        },
      },
    };
    const open = draw(definition);
    expect(open.containers.map(({ id, isDistributed, detail }) => ({ id, isDistributed, detail }))).toEqual([
      { id: '/States/Fan', isDistributed: false, detail: '2 branches' },
      { id: '/States/Each', isDistributed: true, detail: 'max. 5 at once' },
    ]);
    expect(open.nodes.filter(node => node.container === '/States/Fan').map(node => node.id)).toEqual([
      '/States/Fan#fork',
      '/States/Fan/Branches/0/States/L',
      '/States/Fan/Branches/1/States/R',
    ]);
    const closed = draw(definition, ['/States/Fan']);
    expect(closed.nodes.find(node => node.id === '/States/Fan')).toMatchObject({ kind: 'state', hidden: 2 });
    expect(closed.containers.map(({ id }) => id)).toEqual(['/States/Each']);
  });

  test('says what is peculiar to a state', () => {
    const task = (resource: string, parameters: Json = {}) => ({
      Type: 'Task',
      Resource: resource,
      Parameters: parameters,
      End: true,
    });
    const states = {
      Invoke: task('arn:aws:states:::lambda:invoke.waitForTaskToken', { FunctionName: 'pay' }),
      Direct: task('arn:aws:lambda:us-east-1:123456789012:function:mail'),
      Put: task('arn:aws:states:::aws-sdk:dynamodb:putItem'),
      Wait: { Type: 'Wait', Seconds: 90061, End: true },
      Until: { Type: 'Wait', TimestampPath: '$.when', End: true },
      Fail: { Type: 'Fail', Error: 'Nope' },
    };
    const details = draw({ StartAt: 'Invoke', States: states }).nodes.map(node =>
      node.kind === 'state' ? node.detail : undefined,
    );
    expect(details.filter(detail => detail !== undefined).toSorted()).toEqual(
      [
        'Lambda: pay (waits for callback)',
        'Lambda: mail',
        'DynamoDB: putItem',
        '1 d 1 h 1 min 1 s',
        'until $.when',
        'Nope',
      ].toSorted(),
    );
  });

  test('draws every scope of a deep definition exactly once', () => {
    let inner: Json = { StartAt: 'S64', States: { S64: pass() } };
    for (let depth = 63; depth >= 0; depth--)
      inner = {
        StartAt: `S${depth}`,
        States: { [`S${depth}`]: { Type: 'Parallel', Branches: [inner], End: true } },
      };
    const graph = draw(inner);
    expect(graph.containers).toHaveLength(64);
    expect(new Set(graph.nodes.map(node => node.id)).size).toBe(graph.nodes.length);
  });
});

describe('mermaidText', () => {
  test('writes short ids, escaped labels, and classes last', () => {
    const { text, nodeNames, edgeNames } = mermaidText(
      draw({ StartAt: 'a"]-->x', States: { 'a"]-->x': pass() } }),
      'TB',
    );
    expect(text).toBe(
      [
        'flowchart TB',
        ' n0(("Start"))',
        ' n1("<b>a#34;#93;#45;#45;#62;x</b><br/><i>Pass</i>")',
        ' n2(("End"))',
        ' n0 e0@--> n1',
        ' n1 e1@--> n2',
        ' class n0 t-start',
        ' class n1 t-Pass',
        ' class n2 t-end',
      ].join('\n'),
    );
    expect(nodeNames.get('#start')).toBe('n0');
    expect([...edgeNames.values()]).toEqual(['e0', 'e1']);
  });

  test.each([
    ['direction TB', '#100;irection TB'],
    ['a\nb', 'a b'],
    ['<img onerror=x>', '#60;img onerror#61;x#62;'],
    ['$$x$$', '#36;\u2060#36;x#36;\u2060#36;'.replaceAll('\u2060', '#8288;')],
    ['\ud800', '#65533;'],
    ['über 東京', 'über 東京'],
  ])('escapes %j', (text, expected) => {
    expect(escape(text)).toBe(expected);
  });
});
