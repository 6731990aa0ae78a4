import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLanguageServer, type LanguageServerProcess } from './languageServer.ts';

/** What the server wants to be told and asked about one file. */
interface Registration {
  readonly id: string;
  readonly method: string;
  readonly registerOptions: {
    readonly documentSelector: readonly {
      readonly language: string;
      readonly scheme: string;
      readonly pattern: string;
    }[];
  };
}

let server: LanguageServerProcess;
let registered: Registration[];
const uri = 'file:///projects/%5Bapp%5D/template.yaml';

beforeEach(async () => {
  server = startLanguageServer();
  registered = [];
  server.connection.onRequest(
    'client/registerCapability',
    (params: { readonly registrations: Registration[] }) => {
      registered.push(...params.registrations);
      return null;
    },
  );
  server.connection.onRequest(
    'client/unregisterCapability',
    (params: { readonly unregisterations: Registration[] }) => {
      registered = registered.filter(({ id }) => !params.unregisterations.some(gone => gone.id === id));
      return null;
    },
  );
  await server.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await server.connection.sendNotification('initialized', {});
});

afterEach(async () => {
  expect(await server.stop()).toBe(0);
});

test('a template is served when the client says so, it alone, and left alone again', async () => {
  await server.connection.sendRequest('stepwise/adopt', { uri, language: 'yaml', serve: true });
  const methods = registered.map(({ method }) => method);
  expect(methods).toContain('textDocument/didOpen');
  expect(methods).toContain('textDocument/completion');
  expect(methods).not.toContain('textDocument/formatting');
  for (const { registerOptions } of registered) {
    expect(registerOptions.documentSelector).toEqual([
      { language: 'yaml', scheme: 'file', pattern: '/projects/[[]app[]]/template.yaml' },
    ]);
  }
  const count = registered.length;
  await server.connection.sendRequest('stepwise/adopt', { uri, language: 'yaml', serve: true });
  expect(registered).toHaveLength(count);
  await server.connection.sendRequest('stepwise/adopt', { uri, language: 'yaml', serve: false });
  expect(registered).toEqual([]);
});

test('in a template the definitions are found, and nothing else is judged', async () => {
  const text = `Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {Next: Nowhere}}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A: {Type: Pass, Next: Lost}
`;
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  const definition = await server.connection.sendRequest('textDocument/documentSymbol', {
    textDocument: { uri },
  });
  expect(JSON.stringify(definition)).toContain('"A"');
  const summary = await server.connection.sendRequest('stepwise/summary', { textDocument: { uri } });
  expect(summary).toEqual({ queryLanguage: 'JSONPath', states: 1 });
  const graph = await server.connection.sendRequest('stepwise/graph', {
    textDocument: { uri },
    machine: 0,
    direction: 'TB',
    collapsed: [],
  });
  expect(graph).toMatchObject({ machines: ['Flow'] });
});

test('nonsense is answered and changes nothing', async () => {
  for (const params of [null, {}, { uri: 1 }, [uri]]) {
    expect(await server.connection.sendRequest('stepwise/adopt', params)).toBeNull();
  }
  expect(registered).toEqual([]);
});
