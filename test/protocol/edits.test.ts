import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLanguageServer, type LanguageServerProcess } from './languageServer.ts';

/** What the real server offers to change, asked as editors do. */

const json = {
  uri: 'file:///shop/order.asl.json',
  languageId: 'asl',
  text: `{
  "StartAt": "Read",
  "States": {
    "Read": { "Type": "Pass", "Next": "Pay" },
    "Pay": { "Type": "Pass", "Next": "Done" },
    "Done": { "Type": "Succeed" }
  }
}
`,
};

const yaml = {
  uri: 'file:///shop/order.asl.yaml',
  languageId: 'asl-yaml',
  text: `StartAt: Read
States:
  Read:
    Type: Pass
    Next: Pay
  Pay:
    Type:   Pass
    Next: Done
  Done:
    Type: Succeed
`,
};

let server: LanguageServerProcess;

beforeEach(() => {
  server = startLanguageServer();
});

afterEach(() => {
  server.connection.dispose();
  server.process.kill();
});

async function open(document: typeof json, capabilities: object = {}): Promise<Record<string, unknown>> {
  const result = await server.connection.sendRequest<{ readonly capabilities: Record<string, unknown> }>(
    'initialize',
    { processId: process.pid, rootUri: null, capabilities, initializationOptions: {} },
  );
  await server.connection.sendNotification('initialized', {});
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { ...document, version: 1 },
  });
  return result.capabilities;
}

interface Action {
  readonly title: string;
  readonly edit?: {
    readonly changes?: object;
    readonly documentChanges?: readonly { readonly kind?: string; readonly uri?: string }[];
  };
  readonly data?: unknown;
  readonly disabled?: { readonly reason: string };
}

/** Asks from the definition of `Read` to the first place that names `Done`. */
function ask(document: typeof json): Promise<readonly Action[]> {
  const lines = document.text.split('\n');
  const positionIn = (line: number, text: string): object => ({
    line,
    character: lines[line]?.indexOf(text),
  });
  const start = positionIn(
    lines.findLastIndex(line => line.includes('Read')),
    'Read',
  );
  const end = positionIn(
    lines.findIndex(line => line.includes('Done')),
    'Done',
  );
  return server.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: document.uri },
    range: { start, end },
    context: { diagnostics: [], only: ['refactor'] },
  });
}

const whole = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  textDocument: {
    codeAction: { dataSupport: true, disabledSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};

describe.each([
  ['JSON', json],
  ['YAML', yaml],
] as const)('refactorings of %s', (_format, document) => {
  test('come with their edit when they are chosen', async () => {
    const { codeActionProvider } = await open(document, whole);
    expect(codeActionProvider).toMatchObject({ resolveProvider: true });
    const actions = await ask(document);
    const extract = actions.find(({ title }) => title === 'Extract 2 states into a state machine of its own');
    expect(extract?.edit).toBeUndefined();
    const resolved = await server.connection.sendRequest<Action>('codeAction/resolve', extract);
    expect(resolved.edit?.documentChanges?.[0]).toMatchObject({
      kind: 'create',
      uri: document.uri.replace('order', 'order-Read'),
    });
  });

  test('come at once to an editor that cannot ask again, without files where it makes none', async () => {
    await open(document);
    const actions = await ask(document);
    const extract = actions.find(({ title }) => title === 'Extract 2 states into a Parallel');
    expect(Object.keys(extract?.edit?.changes ?? {})).toEqual([document.uri]);
    expect(actions.filter(({ title }) => title.includes('of its own'))).toEqual([]);
  });

  test('say why not, where the editor shows it', async () => {
    await open({ ...document, text: document.text.replace('Pay', 'Paid') }, whole);
    const actions = await ask(document);
    const extract = actions.find(({ title }) => title === 'Extract 2 states into a Parallel');
    expect(extract?.disabled?.reason).toMatch(/which does not exist\.$/);
  });

  test('are left as they are when nobody knows them', async () => {
    await open(document, whole);
    const strange = { title: 'Extract everything', data: { uri: 7 } };
    expect(await server.connection.sendRequest('codeAction/resolve', strange)).toEqual(strange);
  });
});

const onNewLine = [
  ['JSON', { ...json, text: '{\n  "States": {\n\n  }\n}\n' }, 2],
  ['YAML', { ...yaml, text: 'States:\n  A:\n\n' }, 2],
] as const;

test.each(onNewLine)('a new line of %s is indented', async (_format, document, line) => {
  const { documentOnTypeFormattingProvider } = await open(document);
  expect(documentOnTypeFormattingProvider).toMatchObject({ firstTriggerCharacter: '\n' });
  const edits = await server.connection.sendRequest('textDocument/onTypeFormatting', {
    textDocument: { uri: document.uri },
    position: { line, character: 0 },
    ch: '\n',
    options: { tabSize: 2, insertSpaces: true },
  });
  const start = { line, character: 0 };
  expect(edits).toEqual([{ range: { start, end: start }, newText: '    ' }]);
});

test('a selection of YAML is formatted', async () => {
  await open(yaml);
  const edits = await server.connection.sendRequest('textDocument/rangeFormatting', {
    textDocument: { uri: yaml.uri },
    range: { start: { line: 6, character: 0 }, end: { line: 6, character: 5 } },
    options: { tabSize: 2, insertSpaces: true },
  });
  expect(edits).toEqual([expect.objectContaining({ newText: 'Type: Pass' })]);
});

describe('mock and test files, in an editor without schemas', () => {
  const tests = {
    uri: 'file:///shop/order.asltest.json',
    languageId: 'json',
    text: '{ "definition": "order.asl.json", "tests": { "t": { "expect": {  } } } }',
  };
  const mocks = {
    uri: 'file:///shop/MockConfigFile.json',
    languageId: 'json',
    text: '{ "StateMachines": {}, "MockedResponses": { "R": { "0": { "Return": 1 } } } }',
  };

  test.each([
    [tests, '"expect"', 'must be true when the execution has ended'],
    [mocks, '"Return"', 'result of the task, before ResultSelector'],
  ] as const)('what a field is for: %#', async (document, field, meaning) => {
    await open(document);
    const hover = await server.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: document.uri },
      position: { line: 0, character: document.text.indexOf(field) + 2 },
    });
    expect(JSON.stringify(hover)).toContain(meaning);
  });

  test('which fields there are', async () => {
    await open(tests);
    const list = await server.connection.sendRequest<{
      readonly items: readonly { readonly label: string }[];
    }>('textDocument/completion', {
      textDocument: { uri: tests.uri },
      position: { line: 0, character: tests.text.indexOf('{  }') + 2 },
    });
    expect(list.items.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['status', 'output', 'error', 'cause', 'states']),
    );
  });
});
