import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLanguageServer, type LanguageServerProcess } from './languageServer.ts';

let server: LanguageServerProcess;

beforeEach(() => {
  server = startLanguageServer();
});

afterEach(() => {
  server.connection.dispose();
  server.process.kill();
});

const definition = `{
  "StartAt": "Pay",
  "States": {
    "Pay": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Done" },
    "Done": { "Type": "Succeed" }
  }
}
`;
const mocks = `{
  "StateMachines": { "order": { "TestCases": { "Fine": { "Pay": "Ok" } } } },
  "MockedResponses": { "Ok": { "0": { "Return": {} } } }
}
`;

interface Edit {
  readonly changes: Readonly<Record<string, readonly { readonly newText: string }[]>>;
}

async function open(uri: string, text: string, languageId = 'asl'): Promise<void> {
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
}

function symbols(query: string): Promise<readonly { readonly name: string }[]> {
  return server.connection.sendRequest('workspace/symbol', { query });
}

describe('a client that answers for its files', () => {
  const files = new Map<string, string>();
  let registered: { readonly method: string; readonly registerOptions: unknown }[];

  beforeEach(async () => {
    files.clear();
    registered = [];
    files.set('virtual://w/order.asl.json', definition);
    files.set('virtual://w/MockConfigFile.json', mocks);
    const patterns: Readonly<Record<string, RegExp>> = {
      definitions: /\.asl\.json$/,
      mocks: /MockConfigFile\.json$/,
      templates: /template\.yaml$/,
    };
    server.connection.onRequest('stepwise/findFiles', ({ kind }: { readonly kind: string }) =>
      [...files.keys()].filter(uri => patterns[kind]?.test(uri)),
    );
    server.connection.onRequest('stepwise/readFiles', ({ uris }: { readonly uris: readonly string[] }) =>
      uris.flatMap(uri => {
        const text = files.get(uri);
        return text === undefined ? [] : [{ uri, text }];
      }),
    );
    server.connection.onRequest(
      'client/registerCapability',
      (params: { readonly registrations: typeof registered }) => {
        registered.push(...params.registrations);
        return null;
      },
    );
    await server.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
        textDocument: { synchronization: { dynamicRegistration: true } },
      },
      initializationOptions: { commands: true, files: true },
    });
    await server.connection.sendNotification('initialized', {});
  });

  test('has the states of files that nobody opened found, and again when they change', async () => {
    expect((await symbols('')).map(({ name }) => name)).toEqual(['Pay', 'Done']);
    files.set('virtual://w/order.asl.json', definition.replaceAll('Pay', 'Charge'));
    await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'virtual://w/order.asl.json', type: 2 }],
    });
    expect((await symbols('ch')).map(({ name }) => name)).toEqual(['Charge']);
    files.delete('virtual://w/order.asl.json');
    await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'virtual://w/order.asl.json', type: 3 }],
    });
    expect(await symbols('')).toEqual([]);
  });

  test('gets mock files served by their names, and told of changes', async () => {
    await symbols('');
    const served = registered.filter(({ method }) => method === 'textDocument/rename');
    expect(JSON.stringify(served)).toContain('MockConfigFile.json');
    expect(registered.map(({ method }) => method)).not.toContain('textDocument/formatting');
    expect(registered.map(({ method }) => method)).toContain('workspace/didChangeWatchedFiles');
  });

  test('renames a state in the mock file, from there and from the definition', async () => {
    const uri = 'virtual://w/order.asl.json';
    await open(uri, definition);
    await open('virtual://w/MockConfigFile.json', mocks, 'json');
    const edits = await Promise.all(
      [
        { textDocument: { uri }, position: { line: 3, character: 6 } },
        { textDocument: { uri: 'virtual://w/MockConfigFile.json' }, position: { line: 1, character: 62 } },
      ].map(params =>
        server.connection.sendRequest<Edit>('textDocument/rename', { ...params, newName: 'Charge' }),
      ),
    );
    expect(edits[0]).toEqual(edits[1]);
    expect(Object.keys(edits[0]?.changes ?? {}).toSorted()).toEqual([
      'virtual://w/MockConfigFile.json',
      'virtual://w/order.asl.json',
    ]);
  });

  test('leads from a Task to the source of its function', async () => {
    const uri = 'virtual://w/order.asl.json';
    files.set(
      'virtual://w/template.yaml',
      'Resources:\n  Pay:\n    Type: AWS::Serverless::Function\n    Properties: { CodeUri: pay, Handler: app.run }\n',
    );
    files.set('virtual://w/pay/app.py', '\n\ndef run(event, context):\n    pass\n');
    await open(uri, definition.replace('arn:aws:states:::lambda:invoke', '${PayArn}'));
    const locations = await server.connection.sendRequest('textDocument/implementation', {
      textDocument: { uri },
      position: { line: 3, character: 6 },
    });
    const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 7 } };
    expect(locations).toEqual([{ uri: 'virtual://w/pay/app.py', range }]);
  });

  test('puts the states of another file in the place of the Task that runs them', async () => {
    const uri = 'virtual://w/order.asl.json';
    files.set(
      'virtual://w/ship.asl.json',
      '{ "StartAt": "Pack", "States": { "Pack": { "Type": "Pass", "End": true } } }',
    );
    const text = JSON.stringify({
      StartAt: 'Ship',
      States: {
        Ship: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Parameters: { StateMachineArn: 'arn:aws:states:::stateMachine:ship', 'Input.$': '$' },
          OutputPath: '$.Output',
          End: true,
        },
      },
    });
    await open(uri, text);
    const at = { line: 0, character: text.indexOf('"Ship":') + 1 };
    const actions = await server.connection.sendRequest<readonly { readonly title: string }[]>(
      'textDocument/codeAction',
      {
        textDocument: { uri },
        range: { start: at, end: at },
        context: { diagnostics: [], only: ['refactor.inline'] },
      },
    );
    expect(actions.map(({ title }) => title)).toEqual(["Inline the state machine that 'Ship' runs"]);
    expect(JSON.stringify(actions)).toContain('Pack');
  });

  test('tells values on sample inputs, as they are now, and completes what they hold', async () => {
    const uri = 'virtual://w/order.asl.json';
    const text = definition.replace('"Next"', '"Parameters": { "p.$": "$.order.id" }, "Next"');
    files.set('virtual://w/input.json', '{ "order": { "id": 7 } }');
    await open(uri, text);
    const textDocument = { uri };
    const at = { line: 3, character: text.split('\n')[3]?.indexOf('.id') ?? 0 };
    const hovered = async (character: number): Promise<string> =>
      JSON.stringify(
        await server.connection.sendRequest('textDocument/hover', {
          textDocument,
          position: { line: at.line, character },
        }),
      );
    expect(await hovered(at.character + 2)).toContain('\\n7\\n');
    files.set('virtual://w/input.json', '{ "order": { "id": 8, "total": 3 } }');
    await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'virtual://w/input.json', type: 2 }],
    });
    expect(await hovered(at.character + 2)).toContain('\\n8\\n');
    const list = await server.connection.sendRequest<{
      readonly items: readonly { readonly label: string }[];
    }>('textDocument/completion', {
      textDocument,
      position: { line: at.line, character: at.character + 1 },
    });
    expect(list.items.map(({ label }) => label)).toEqual(['id', 'total']);
  });

  test('a code lens counts the test cases as they are typed', async () => {
    const uri = 'virtual://w/order.asl.json';
    await open(uri, definition);
    const titles = async (): Promise<readonly string[]> => {
      const lenses = await server.connection.sendRequest<
        readonly { readonly command: { readonly title: string } }[]
      >('textDocument/codeLens', { textDocument: { uri } });
      return lenses.map(({ command }) => command.title).filter(title => title.includes('test'));
    };
    expect(await titles()).toEqual(['1 test case']);
    await open('virtual://w/MockConfigFile.json', mocks.replace('"Fine"', '"F":{"Pay":"Ok"},"Fine"'), 'json');
    expect(await titles()).toEqual(['2 test cases']);
  });
});

test('another editor has its files read from the disk', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-protocol-'));
  try {
    cpSync(path.resolve(import.meta.dirname, '../../examples'), folder, { recursive: true });
    const rootUri = pathToFileURL(folder).href;
    await server.connection.sendRequest('initialize', { processId: null, rootUri, capabilities: {} });
    await server.connection.sendNotification('initialized', {});
    expect((await symbols('verify payment')).length).toBe(2);
    const uri = `${rootUri}/order-processing/MockConfigFile.json`;
    await open(
      uri,
      mocks.replace('"order"', '"order-processing"').replace('"Pay"', '"Verify Payment"'),
      'json',
    );
    const [target] = await server.connection.sendRequest<readonly { readonly uri: string }[]>(
      'textDocument/definition',
      { textDocument: { uri }, position: { line: 1, character: 75 } },
    );
    expect(target?.uri).toBe(`${rootUri}/order-processing/order-processing.asl.json`);
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
