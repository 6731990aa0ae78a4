import { describe, expect, test } from 'vitest';
import { inWords } from '#core/text/message.ts';
import { findCallees, nameOf, type Callees, type KnownMachines } from '#interpreter/callees.ts';
import { prepareMachine } from '#interpreter/prepare.ts';

const calling = (StateMachineArn: unknown, resource = 'arn:aws:states:::states:startExecution.sync:2') => ({
  StartAt: 'Call',
  States: { Call: { Type: 'Task', Resource: resource, Parameters: { StateMachineArn }, End: true } },
});
const arnOf = (name: string): string => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const asl = (definition: object): string => JSON.stringify(definition);
const leaf = asl({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });

/** Looks for what the first machine of the first file starts; the files that are read are put on the list. */
async function find(
  files: Readonly<Record<string, string>>,
  { named = {}, inWorkspace = {} }: Partial<KnownMachines> = {},
  name?: string,
  read: string[] = [],
): Promise<Callees | string> {
  const [path = ''] = Object.keys(files);
  const prepared = prepareMachine({ path, text: files[path] ?? '' }, name);
  if (prepared.kind === 'refused') throw new Error(inWords(prepared.reason));
  const main = { path, stateMachine: name, ...prepared.value };
  const found = await findCallees(main, { named, namedIn: '"machines"', inWorkspace }, each => {
    read.push(each);
    const text = files[each];
    return text === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(text);
  });
  return found.kind === 'refused' ? inWords(found.reason) : found.value;
}

/** What tasks call the machines, with the file and the name of each. */
function told(callees: Callees | string): unknown {
  if (typeof callees === 'string') return callees;
  return Object.fromEntries([...callees.arns].map(([arn, part]) => [arn, `${part.path} ${nameOf(part)}`]));
}

describe('the machines that tasks start', () => {
  test.each(['asl.json', 'asl.yaml', 'asl.yml', 'asl'])(
    'lie beside the one that starts them: .%s',
    async ending => {
      const child = `/here/pay.${ending}`;
      const found = await find({ '/here/main.asl.json': asl(calling(arnOf('pay'))), [child]: leaf });
      expect(told(found)).toEqual({ [arnOf('pay')]: `${child} pay`, pay: `${child} pay` });
    },
  );

  test('are looked for beside a path of Windows, and one without a folder', async () => {
    const main = asl(calling('pay'));
    expect(told(await find({ 'C:\\a\\m.asl.json': main, 'C:\\a\\pay.asl.json': leaf }))).toEqual({
      pay: 'C:\\a\\pay.asl.json pay',
    });
    expect(told(await find({ 'm.asl.json': main, 'pay.asl.json': leaf }))).toEqual({
      pay: 'pay.asl.json pay',
    });
  });

  test('that lie there and cannot run are told of once, with the reason', async () => {
    const broken = asl({ StartAt: 'A', States: { A: { Type: 'Pass' } } });
    const twice = asl({
      StartAt: 'B',
      States: {
        A: calling('pay').States.Call,
        B: { ...calling(arnOf('pay')).States.Call, End: undefined, Next: 'A' },
      },
    });
    const found = await find({ '/here/main.asl.json': twice, '/here/pay.asl.json': broken });
    expect(told(found)).toEqual({});
    expect(typeof found === 'string' ? found : found.unfit.map(why => inWords(why))).toEqual([
      expect.stringContaining('takes no part. /here/pay.asl.json, line 1: '),
    ]);
  });

  test('may start others; each file is read once, and a circle ends', async () => {
    const read: string[] = [];
    const found = await find(
      {
        '/a.asl.json': asl(calling(arnOf('b'))),
        '/b.asl.json': asl(calling(arnOf('c'))),
        '/c.asl.json': asl(calling(arnOf('b'))),
      },
      {},
      undefined,
      read,
    );
    expect(typeof found === 'string' ? found : found.parts.map(nameOf)).toEqual(['b', 'c']);
    expect(read).toEqual(['/b.asl.json', '/c.asl.json']);
  });

  test('may be the one that starts them, which is no second machine', async () => {
    const found = await find({ '/a.asl.json': asl(calling(arnOf('a'))) });
    expect(found).toMatchObject({ parts: [] });
    expect(told(found)).toMatchObject({ a: '/a.asl.json a' });
  });

  test.each([
    ['a placeholder with a substitution', '${ChildArn}', { ChildArn: { Ref: 'Child' } }],
    ['a placeholder called as the resource', '${Child}', {}],
    ['a reference', { Ref: 'Child' }, {}],
    ['an attribute', { 'Fn::GetAtt': ['Child', 'Arn'] }, {}],
  ])('stand in the same template: %s', async (_what, arn, DefinitionSubstitutions) => {
    const resource = (Definition: object, more: object = {}): object => ({
      Type: 'AWS::Serverless::StateMachine',
      Properties: { Definition, ...more },
    });
    const template = asl({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Main: resource(calling(arn), { DefinitionSubstitutions }),
        Child: resource({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }),
      },
    });
    const found = await find({ '/template.json': template }, {}, 'Main');
    expect(typeof found === 'string' ? found : found.parts.map(nameOf)).toEqual(['Child']);
    // In YAML a placeholder needs no quotes, and is no text then.
    if (typeof arn !== 'string') return;
    const bare = template.replace(`"${arn}"`, arn);
    expect(bare).not.toBe(template);
    const inYaml = await find({ '/template.yaml': bare.replaceAll('":', '": ') }, {}, 'Main');
    expect(typeof inYaml === 'string' ? inYaml : inYaml.parts.map(nameOf)).toEqual(['Child']);
  });

  test('are those that are named before any other, also by the name in their ARN', async () => {
    const files = {
      '/a.asl.json': asl(calling(arnOf('pay'))),
      '/pay.asl.json': leaf,
      '/other/x.asl.json': leaf,
    };
    const named = { [arnOf('pay')]: '/other/x.asl.json' };
    expect(told(await find(files, { named }))).toEqual({
      [arnOf('pay')]: '/other/x.asl.json x',
      pay: '/other/x.asl.json x',
    });
  });

  test('are found elsewhere only where none lies beside', async () => {
    const files = { '/a.asl.json': asl(calling('pay')), '/x/pay.asl.json': leaf };
    const inWorkspace = { pay: '/x/pay.asl.json' };
    expect(told(await find(files, { inWorkspace }))).toEqual({ pay: '/x/pay.asl.json pay' });
    expect(told(await find({ ...files, '/pay.asl.json': leaf }, { inWorkspace }))).toEqual({
      pay: '/pay.asl.json pay',
    });
  });

  test.each([
    ['what is not at hand', calling(arnOf('pay')), '/x/refund.asl.json', leaf],
    ['what cannot run', calling(arnOf('pay')), '/x/pay.asl.json', '{"StartAt":"A"}'],
    ['what is outside the folder', calling('../pay'), '/x/../pay.asl.json', leaf],
    [
      'what ends by a token',
      calling('pay', 'arn:aws:states:::states:startExecution.waitForTaskToken'),
      '/x/pay.asl.json',
      leaf,
    ],
    [
      'what another service starts',
      calling('pay', 'arn:aws:states:::sqs:sendMessage'),
      '/x/pay.asl.json',
      leaf,
    ],
  ])('are not %s', async (_what, main, path, text) => {
    expect(told(await find({ '/x/main.asl.json': asl(main), [path]: text }))).toEqual({});
  });

  test.each([
    ['/gone.asl.json', 'The state machine /gone.asl.json of "machines" cannot be read.'],
    ['/bare.asl.json', '/bare.asl.json, line 1: There are no States.'],
    ['/a.asl.json#Nope', "/a.asl.json holds no state machine named 'Nope'. It holds none with a name."],
  ])('are refused where they are named and not there: %s', async (path, reason) => {
    const files = { '/a.asl.json': leaf, '/bare.asl.json': '{}' };
    expect(await find(files, { named: { pay: path } })).toBe(reason);
  });
});
