import { describe, expect, test } from 'vitest';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import { formatOf } from '#core/text/source.ts';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { completion, implementationLink, implementations } from '#service/languageService.ts';
import { handlerIn } from '#service/templates/handlerFiles.ts';

const root = 'file:///w/';

/**
 * Goes to the implementation at `<|>`: `file:the name there`, or `file:` for its start. Files that end in code are
 * texts only, templates and definitions are read.
 */
function found(files: Readonly<Record<string, string>>): readonly string[] {
  let from: { readonly analysis: Analysis; readonly offset: number } | undefined;
  const analyses: Analysis[] = [];
  for (const [name, marked] of Object.entries(files)) {
    if (!/\.(?:json|ya?ml)$/.test(name)) continue;
    const offset = marked.indexOf('<|>');
    const role = name.includes('.asl.') ? 'definition' : 'other';
    const text = marked.replace('<|>', '');
    const analysis = analyze({ uri: root + name, version: 1, format: formatOf(name), text, role });
    analyses.push(analysis);
    if (offset >= 0) from = { analysis, offset };
  }
  if (!from) throw new Error('no cursor');
  const { analysis, offset } = from;
  const deployed = {
    templates: analyses.filter(({ source }) => source.role === 'other'),
    definitionUris: analyses.flatMap(({ source }) => (source.role === 'definition' ? [source.uri] : [])),
  };
  const texts = Object.entries(files).map(([name, text]) => ({
    uri: root + name,
    text: text.replace('<|>', ''),
  }));
  return implementations(analysis, analysis.lines.positionAt(offset), deployed).flatMap(each => {
    const link = implementationLink(each, texts);
    if (!link) return [];
    const { start, end } = link.targetSelectionRange;
    const text = texts.find(({ uri }) => uri === link.targetUri)?.text ?? '';
    const line = text.split('\n')[start.line] ?? '';
    return [`${link.targetUri.slice(root.length)}:${line.slice(start.character, end.character)}`];
  });
}

const jsonTask = (fields: string): string =>
  `{"StartAt":"A","States":{"A":{"Type":"Task",${fields},"End":true}}}`;
const byArn = jsonTask('"Resource":"<|>${PayArn}"');
const invoke = (name: string): string =>
  jsonTask(`"Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":${name}}`);

const sam = `
Globals:
  Function:
    Runtime: nodejs22.x
Resources:
  PayFunction:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: pay
      CodeUri: functions/pay
      Handler: src/app.handler
  PayAlias:
    Type: AWS::Lambda::Alias
    Properties: { FunctionName: !Ref PayFunction, FunctionVersion: '1', Name: live }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machines/order.asl.json
      DefinitionSubstitutions:
        PayArn: !GetAtt PayFunction.Arn
        PayLive: !Ref PayAlias
        Sub: !Sub '\${PayFunction.Arn}:live'
        Child: !Ref ChildMachine
  ChildMachine:
    Type: AWS::Serverless::StateMachine
    Properties: { Name: the-child, DefinitionUri: machines/child.asl.json }
`;
const source = { 'functions/pay/src/app.ts': 'import x;\nexport const handler = async () => 1;\n' };
const target = ['functions/pay/src/app.ts:handler'];

describe('a Lambda function in a SAM template', () => {
  const check = (machine: string, name = 'order.asl.json'): readonly string[] =>
    found({ ...source, 'template.yaml': sam.replace('order.asl.json', name), [`machines/${name}`]: machine });

  test('by a substitution of the Resource', () => expect(check(byArn)).toEqual(target));
  test('by a substitution that is an alias', () =>
    expect(check(byArn.replace('PayArn', 'PayLive'))).toEqual(target));
  test('by a substitution of !Sub', () => expect(check(byArn.replace('PayArn', 'Sub'))).toEqual(target));
  test('by FunctionName', () => expect(check(invoke('"<|>pay"'))).toEqual(target));
  test('by FunctionName with an alias', () => expect(check(invoke('"<|>pay:live"'))).toEqual(target));
  test('by its ARN', () =>
    expect(
      check(jsonTask('"Resource":"arn:aws:lambda:eu-west-1:123456789012:function:p<|>ay:live"')),
    ).toEqual(target));
  test('by the name that CloudFormation makes', () =>
    expect(check(invoke('"shop-prod-Pay<|>Function-1XK2J9QWE0R5"'))).toEqual(target));
  test('by a substitution that no template says, after its name', () =>
    expect(
      found({ ...source, 'template.yaml': sam, 'other.asl.json': invoke('"<|>${PayFunctionArn}"') }),
    ).toEqual(target));
  test('from the name of the state, and from where it is named', () => {
    const machine = byArn.replace('<|>', '');
    expect(check(machine.replace('"A":{', '"<|>A":{'))).toEqual(target);
    expect(check(machine.replace('"StartAt":"A"', '"StartAt":"<|>A"'))).toEqual(target);
  });
  test('in YAML, with JSONata', () =>
    expect(
      check(
        `
QueryLanguage: JSONata
StartAt: A
States:
  A:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Arguments:
      FunctionName: <|>\${PayArn}
    End: true
`,
        'order.asl.yaml',
      ),
    ).toEqual(target));
  test('not where an expression names it at run time', () => {
    expect(check(invoke('"{% <|>$f %}"'))).toEqual([]);
    expect(
      check(
        jsonTask('"Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName.$":"<|>$.pay"}'),
      ),
    ).toEqual([]);
  });
  test('whose source is not there: its place in the template', () =>
    expect(found({ 'template.yaml': sam, 'machines/order.asl.json': byArn })).toEqual([
      'template.yaml:PayFunction',
    ]));
});

describe('inside of a template', () => {
  test('by !GetAtt', () =>
    expect(
      found({
        ...source,
        'template.yaml': `${sam}
  Inline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A:
            Type: Task
            Resource: !GetAtt <|>PayFunction.Arn
            End: true
`,
      }),
    ).toEqual(target));
  test('by Fn::Sub of a DefinitionString in JSON', () =>
    expect(
      found({
        ...source,
        'template.json': JSON.stringify({
          Resources: {
            PayFunction: {
              Type: 'AWS::Lambda::Function',
              Properties: { Code: 'functions/pay', Handler: 'src/app.handler' },
            },
            M: {
              Type: 'AWS::StepFunctions::StateMachine',
              Properties: { DefinitionString: { 'Fn::Sub': byArn.replace('PayArn', 'PayFunction.Arn') } },
            },
          },
        }),
      }),
    ).toEqual(target));
  test('code that stands in it', () =>
    expect(
      found({
        'template.yaml': `
Resources:
  PayFunction:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: pay
      Handler: index.handler
      Code: { ZipFile: 'exports.handler' }
`,
        'a.asl.json': invoke('"<|>pay"'),
      }),
    ).toEqual([`template.yaml:'exports.handler'`]));
});

test('the Serverless Framework', () => {
  const template = `
service: shop
provider: { runtime: python3.13 }
functions:
  pay:
    handler: handlers/pay.run
stepFunctions:
  stateMachines:
    order:
      definition:
        StartAt: A
        States:
          A:
            Type: Task
            Resource: { Fn::GetAtt: [<|>pay, Arn] }
            End: true
`;
  const python = { 'handlers/pay.py': 'import os\n\ndef run(event, context):\n    pass\n' };
  expect(found({ ...python, 'serverless.yml': template })).toEqual(['handlers/pay.py:run']);
  const plain = template.replace('<|>', '');
  expect(found({ ...python, 'serverless.yml': plain, 'a.asl.json': invoke('"shop-dev-<|>pay"') })).toEqual([
    'handlers/pay.py:run',
  ]);
});

test('what the CDK made: the copy of the code', () => {
  const template = {
    Resources: {
      PayFn1A2B: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: 'b', S3Key: 'abc.zip' },
          Handler: 'index.handler',
          Runtime: 'nodejs22.x',
        },
        Metadata: { 'aws:asset:path': 'asset.abc', 'aws:asset:property': 'Code' },
      },
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          DefinitionS3Location: { Bucket: 'b', Key: 'k.json' },
          DefinitionSubstitutions: { PayArn: { 'Fn::GetAtt': ['PayFn1A2B', 'Arn'] } },
        },
      },
    },
  };
  expect(
    found({
      'cdk.out/Shop.template.json': JSON.stringify(template),
      'cdk.out/asset.abc/index.js': 'exports.handler = 1;',
      'lib/order.asl.json': byArn,
    }),
  ).toEqual(['cdk.out/asset.abc/index.js:handler']);
});

describe('a Task that starts an execution leads to the other definition', () => {
  const start = (arn: string): string =>
    jsonTask(
      `"Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{"StateMachineArn":"${arn}"}`,
    );
  const files = (arn: string): Readonly<Record<string, string>> => ({
    'template.yaml': sam,
    'machines/child.asl.json': '{}',
    'machines/order.asl.json': start(arn),
  });
  test.each([
    ['a substitution', '<|>${Child}'],
    ['its ARN', 'arn:aws:states:eu-west-1:123456789012:stateMachine:the-<|>child'],
    ['the name of its file', 'arn:aws:states:eu-west-1:123456789012:stateMachine:chi<|>ld'],
  ])('by %s', (_what, arn) => expect(found(files(arn))).toEqual(['machines/child.asl.json:']));
});

describe('completion names what templates make', () => {
  const offered = (marked: string): readonly string[] => {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    const uri = `${root}machines/order.asl.json`;
    const analysis = analyze({ uri, version: 1, format: 'json', text });
    const template = analyze({
      uri: `${root}template.yaml`,
      version: 1,
      format: 'yaml',
      text: sam,
      role: 'other',
    });
    const { items } = completion(analysis, analysis.lines.positionAt(offset), [template]);
    return items
      .filter(({ kind }) => kind === CompletionItemKind.Reference)
      .map(({ label, detail }) => `${label} (${detail})`);
  };
  const made = 'PayFunction · src/app.handler · template.yaml';

  test('substitutions of the Resource', () =>
    expect(offered(jsonTask('"Resource":"<|>"'))).toEqual([
      `\${PayArn} (${made})`,
      '${PayLive} (PayAlias · template.yaml)',
      `\${Sub} (${made})`,
    ]));
  test('functions by name, too, where a name is enough', () =>
    expect(offered(invoke('"<|>"')).at(-1)).toBe(`pay (${made})`));
  test('state machines', () =>
    expect(
      offered(
        jsonTask(
          '"Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"<|>"}',
        ),
      ),
    ).toEqual(['${Child} (ChildMachine · template.yaml)']));
  test('not elsewhere', () =>
    expect(
      offered(jsonTask('"Resource":"arn:aws:states:::states:startExecution","Parameters":{"Name":"<|>"}')),
    ).toEqual([]));
});

test.each([
  ['app.ts', 'export async function handler(', 'handler'],
  ['app.ts', 'const handler = 1;\nexport { handler };', 'handler'],
  ['app.js', 'exports.handler = ', 'handler'],
  ['app.js', 'module.exports = { other, handler }', 'handler'],
  ['app.py', 'async def handler(event, context):', 'handler'],
  ['app.rb', '  def self.handler(event:, context:)', 'handler'],
  ['App.java', '  public String handler(Map<String, String> in, Context c) {', 'handler'],
  ['App.cs', '    public async Task<Response> handler(Input input)', 'handler'],
])('the handler is found in %s: %s', (_file, text, symbol) => {
  const { start, end } = handlerIn(`// ${symbol}\n${text}`, symbol);
  expect(start).toBeGreaterThan(symbol.length + 3);
  expect(`// ${symbol}\n${text}`.slice(start, end)).toBe(symbol);
});

test('a handler whose name is nowhere: the start of the file', () =>
  expect(handlerIn('nothing here', 'handler')).toEqual({ start: 0, end: 0 }));
