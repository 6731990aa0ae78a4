import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLanguageServer, type LanguageServerProcess } from './languageServer.ts';

const json = {
  uri: 'file:///order.asl.json',
  languageId: 'asl',
  text: `{
  "QueryLanguage": "JSONata",
  "StartAt": "Pay",
  "States": {
    "Pay": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": { "FunctionName": "pay", "Payload": "{% $states.input %}" },
      "Assign": { "total": "{% $sum([1, 2]) %}" },
      "Next": "Done"
    },
    "Done": { "Type": "Pass", "Output": "{% $total %}", "End": true }
  }
}
`,
};

const yaml = {
  uri: 'untitled:Untitled-1',
  languageId: 'asl-yaml',
  text: `QueryLanguage: JSONata
StartAt: Pay
States:
  Pay:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Arguments:
      FunctionName: pay
      Payload: "{% $states.input %}"
    Assign:
      total: "{% $sum([1, 2]) %}"
    Next: Done
  Done:
    Type: Pass
    Output: "{% $total %}"
    End: true
`,
};

interface Diagnostic {
  readonly message: string;
  readonly relatedInformation?: readonly { readonly message: string }[];
}

let server: LanguageServerProcess;

beforeEach(() => {
  server = startLanguageServer();
});

afterEach(() => {
  server.connection.dispose();
  server.process.kill();
});

async function initialize(
  capabilities: object = {},
  initializationOptions: object = { commands: true },
): Promise<{ readonly capabilities: Record<string, unknown> }> {
  const result = await server.connection.sendRequest<{ readonly capabilities: Record<string, unknown> }>(
    'initialize',
    { processId: process.pid, rootUri: null, capabilities, initializationOptions },
  );
  await server.connection.sendNotification('initialized', {});
  return result;
}

async function open(document: typeof json): Promise<void> {
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { ...document, version: 1 },
  });
}

/** What is asked about a document, with parameters beside `textDocument`. */
function requestsAbout(document: typeof json): readonly (readonly [string, object])[] {
  const lines = document.text.split('\n');
  const line = lines.findIndex(text => /Next/.test(text));
  const position = { line, character: (lines[line] ?? '').indexOf('Done') + 1 };
  const inFunction = lines.findIndex(text => text.includes('$sum'));
  const range = { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: 0 } };
  const options = { tabSize: 2, insertSpaces: true };
  return [
    ['textDocument/completion', { position }],
    ['textDocument/hover', { position }],
    [
      'textDocument/signatureHelp',
      { position: { line: inFunction, character: (lines[inFunction] ?? '').indexOf('$sum') + 6 } },
    ],
    ['textDocument/definition', { position }],
    ['textDocument/implementation', { position }],
    ['textDocument/references', { position, context: { includeDeclaration: true } }],
    ['textDocument/documentHighlight', { position }],
    ['textDocument/documentSymbol', {}],
    ['textDocument/documentLink', {}],
    ['textDocument/prepareCallHierarchy', { position }],
    ['textDocument/prepareRename', { position }],
    ['textDocument/rename', { position, newName: 'Ended' }],
    ['textDocument/codeAction', { range, context: { diagnostics: [] } }],
    ['textDocument/linkedEditingRange', { position }],
    ['textDocument/formatting', { options }],
    ['textDocument/rangeFormatting', { range, options }],
    ['textDocument/onTypeFormatting', { position: { line, character: 0 }, ch: '\n', options }],
    ['textDocument/semanticTokens/full', {}],
    ['textDocument/semanticTokens/full/delta', { previousResultId: '0' }],
    ['textDocument/semanticTokens/range', { range }],
    ['textDocument/inlayHint', { range }],
    ['textDocument/codeLens', {}],
    ['textDocument/foldingRange', {}],
    ['textDocument/selectionRange', { positions: [position] }],
    ['stepwise/stateAt', { position }],
    ['stepwise/spanOfState', { machine: 0, state: '/States/Pay' }],
    ['stepwise/convertFormat', {}],
    ['stepwise/graph', { machine: 0, direction: 'TB', collapsed: [] }],
  ];
}

describe.each([
  ['JSON', json],
  ['YAML', yaml],
] as const)('a %s document', (_format, document) => {
  test('is asked everything, and every answer says something', async () => {
    await initialize();
    await open(document);
    for (const [method, params] of requestsAbout(document)) {
      const answer: unknown = await server.connection.sendRequest(method, {
        textDocument: { uri: document.uri },
        ...params,
      });
      expect(answer, method).not.toBeNull();
    }
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
  });

  test('answers all at once asked requests', async () => {
    await initialize();
    await open(document);
    const answers = await Promise.all(
      requestsAbout(document).map(([method, params]) =>
        server.connection.sendRequest(method, { textDocument: { uri: document.uri }, ...params }),
      ),
    );
    expect(answers.every(answer => answer !== null)).toBe(true);
  });

  test('answers nothing once it is closed', async () => {
    await initialize();
    await open(document);
    await server.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: document.uri },
    });
    const answer = await server.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: document.uri },
      position: { line: 0, character: 0 },
    });
    expect(answer).toBeNull();
  });
});

describe('findings', () => {
  const broken = { ...json, text: json.text.replace('"Next": "Done"', '"Next": "Dome"') };

  test('are pushed to an editor that cannot ask, with the version they are of', async () => {
    const published = new Promise(resolve => {
      server.connection.onNotification('textDocument/publishDiagnostics', resolve);
    });
    await initialize();
    await open(broken);
    expect(await published).toMatchObject({
      uri: json.uri,
      version: 1,
      diagnostics: expect.arrayContaining([expect.objectContaining({ source: 'stepwise', severity: 1 })]),
    });
  });

  test('are in the language whose texts came with the start, and so are their quick fixes', async () => {
    const bundle = path.resolve(import.meta.dirname, '../../l10n/bundle.l10n.de.json');
    const texts: unknown = JSON.parse(fs.readFileSync(bundle, 'utf8'));
    await initialize(
      { textDocument: { publishDiagnostics: { relatedInformation: true } } },
      { commands: true, texts },
    );
    const published = new Promise<{ readonly diagnostics: readonly Diagnostic[] }>(resolve => {
      server.connection.onNotification('textDocument/publishDiagnostics', resolve);
    });
    await open({
      ...json,
      text: '{"StartAt":"Payment","States":{"Payment":{"Type":"Pass","Next":"Dome"},"Done":{"Type":"Pass","Next":"Payment","End":true}}}',
    });
    const { diagnostics } = await published;
    expect(diagnostics.map(({ message }) => message)).toContain(
      "In diesem Bereich gibt es keinen Zustand namens 'Dome'. Meinten Sie 'Done'?",
    );
    expect(
      diagnostics.flatMap(({ relatedInformation = [] }) => relatedInformation.map(({ message }) => message)),
    ).toEqual(["'Next' steht hier."]);
    const actions = await server.connection.sendRequest<readonly { readonly title: string }[]>(
      'textDocument/codeAction',
      {
        textDocument: { uri: json.uri },
        range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
        context: { diagnostics },
      },
    );
    const titles = actions.map(({ title }) => title);
    expect(titles).toContain("In 'Done' ändern");
    expect(titles).toContain("Zustand 'Dome' anlegen");
  });

  test('are not pushed to an editor that asks', async () => {
    const published: unknown[] = [];
    server.connection.onNotification('textDocument/publishDiagnostics', params => {
      published.push(params);
    });
    const { capabilities } = await initialize({ textDocument: { diagnostic: {} } });
    expect(capabilities['diagnosticProvider']).toBeDefined();
    await open(broken);
    const report = await server.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: json.uri },
    });
    expect(report).toMatchObject({
      kind: 'full',
      items: expect.arrayContaining([expect.objectContaining({ code: 'transition/next-unknown' })]),
    });
    expect(published).toEqual([]);
  });

  test('follow the settings, which are asked for per resource', async () => {
    const asked: unknown[] = [];
    let rules: Record<string, string> = { transition: 'off', graph: 'off', task: 'off', integration: 'off' };
    server.connection.onRequest(
      'workspace/configuration',
      (params: { readonly items: readonly unknown[] }) => {
        asked.push(...params.items);
        return params.items.map(() => ({ validate: { rules } }));
      },
    );
    await initialize({ textDocument: { diagnostic: {} }, workspace: { configuration: true } });
    await open(broken);
    const ask = (): Promise<{ readonly items: readonly { readonly code: string }[] }> =>
      server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: json.uri } });
    expect(
      (await ask()).items.map(({ code }) => code).filter(code => code.startsWith('transition/')),
    ).toEqual([]);
    expect(asked).toContainEqual({ scopeUri: json.uri, section: 'stepwise' });
    rules = {};
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect((await ask()).items.some(({ code }) => code.startsWith('transition/'))).toBe(true);
  });
});

test('of semantic tokens only the change is sent after an edit', async () => {
  await initialize();
  await open(json);
  const textDocument = { uri: json.uri };
  const all = await server.connection.sendRequest<{ readonly resultId: string; readonly data: number[] }>(
    'textDocument/semanticTokens/full',
    { textDocument },
  );
  await server.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: json.uri, version: 2 },
    contentChanges: [{ text: json.text.replaceAll('Done', 'Finished') }],
  });
  const delta = await server.connection.sendRequest<{
    readonly edits: readonly {
      readonly start: number;
      readonly deleteCount: number;
      readonly data: number[];
    }[];
  }>('textDocument/semanticTokens/full/delta', { textDocument, previousResultId: all.resultId });
  const fresh = await server.connection.sendRequest<{ readonly data: number[] }>(
    'textDocument/semanticTokens/full',
    { textDocument },
  );
  expect(delta.edits).toHaveLength(1);
  const data = [...all.data];
  for (const edit of delta.edits) data.splice(edit.start, edit.deleteCount, ...edit.data);
  expect(data).toEqual(fresh.data);
});

test('a file that is not open is checked by its text', async () => {
  await initialize();
  const check = (uri: string, text: string): Promise<readonly { readonly code: string }[]> =>
    server.connection.sendRequest('stepwise/checkText', { uri, text });
  const broken = await check('file:///b.asl.yaml', 'StartAt: A\nStates:\n  B:\n    Type: Succeed\n');
  expect(broken.map(({ code }) => code)).toContain('root/startat-unknown');
  expect(await check('file:///package.json', '{"name":"x"}')).toEqual([]);
});

test('what a user writes as JSON is read, and what is wrong with it is told', async () => {
  await initialize();
  const ask = (method: string, params: unknown): Promise<unknown> =>
    server.connection.sendRequest(method, params);
  expect(await ask('stepwise/problemOfJson', { text: '{"a": 1}' })).toBeNull();
  expect(await ask('stepwise/problemOfJson', { text: '{"a": }' })).toBe(
    'This is not JSON. Line 1, column 6: Value expected.',
  );
  expect(await ask('stepwise/addToJson', { text: '{"a": 1.10}', addition: { b: 2 } })).toMatchObject({
    text: '{"a": 1.10, "b": 2}',
  });
  await expect(ask('stepwise/addToJson', { text: '{"a": }', addition: { b: 2 } })).rejects.toThrow(
    'This is not JSON. Line 1, column 6: Value expected.',
  );
  await expect(ask('stepwise/addToJson', { text: '{}', addition: [] })).rejects.toThrow(/parameters/);
  await expect(ask('stepwise/problemOfJson', undefined)).rejects.toThrow(/parameters/);
});

test('a refused rename says why', async () => {
  await initialize();
  await open(json);
  const rename = server.connection.sendRequest('textDocument/rename', {
    textDocument: { uri: json.uri },
    position: { line: 4, character: 6 },
    newName: 'Done',
  });
  await expect(rename).rejects.toThrow(/A state 'Done' exists already/);
});

describe('malformed requests', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ['no parameters', undefined],
    ['an empty object', {}],
    ['no position', { textDocument: { uri: json.uri } }],
    ['a position of text', { textDocument: { uri: json.uri }, position: 'here', range: 7, context: null }],
    [
      'places far outside',
      {
        textDocument: { uri: json.uri },
        position: { line: 1e9, character: -5 },
        positions: [{ line: -1, character: 1e9 }],
        range: { start: { line: 9e9, character: 0 }, end: { line: -1, character: 0 } },
        context: { includeDeclaration: 3, diagnostics: 'x', only: undefined },
        newName: 17,
        options: {},
      },
    ],
  ];

  test.each(wrong)('%s: each request is answered once, and the server lives', async (_name, params) => {
    await initialize();
    await open(json);
    for (const [method] of requestsAbout(json)) {
      const answer = server.connection.sendRequest(method, params).then(
        () => 'answered',
        () => 'refused',
      );
      expect(['answered', 'refused'], method).toContain(await answer);
    }
    const symbols = await server.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri: json.uri },
    });
    expect(symbols).toHaveLength(2);
  });

  test('unknown methods are refused', async () => {
    await initialize();
    await expect(server.connection.sendRequest('textDocument/nonsense', {})).rejects.toThrow();
  });

  test('changes that do not fit the text are survived', async () => {
    await initialize();
    await open(json);
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: json.uri, version: 2 },
      contentChanges: [
        {
          range: { start: { line: 900, character: 9 }, end: { line: 901, character: 0 } },
          text: '\u0000{{{',
        },
        { text: '[' },
        { text: json.text },
      ],
    });
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///never-opened', version: 2 },
      contentChanges: [{ text: 'x' }],
    });
    const symbols = await server.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri: json.uri },
    });
    expect(symbols).toHaveLength(2);
  });
});

test('a cancelled request is told to be, or answered when it was too late', async () => {
  await initialize();
  await open(json);
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const source = new (await import('vscode-jsonrpc/node')).CancellationTokenSource();
      const answer = server.connection
        .sendRequest('textDocument/semanticTokens/full', { textDocument: { uri: json.uri } }, source.token)
        .then(
          () => 'answered',
          (error: { readonly code?: number }) => error.code,
        );
      source.cancel();
      return answer;
    }),
  );
  // -32800 is RequestCancelled.
  expect(outcomes.filter(outcome => outcome !== 'answered' && outcome !== -32_800)).toEqual([]);
  expect(outcomes).toContain(-32_800);
});

test('lenses and hints are in the language whose texts came with the start', async () => {
  const texts = { Run: 'Ausführen', Debug: 'Debuggen', 'Assigned in {0}': 'Zugewiesen in {0}', broken: 1 };
  await initialize({}, { commands: true, texts });
  await open(json);
  const textDocument = { uri: json.uri };
  const lenses: unknown = await server.connection.sendRequest('textDocument/codeLens', { textDocument });
  expect(lenses).toMatchObject([
    { command: { title: '$(play) Ausführen' } },
    { command: { title: '$(debug-alt) Debuggen' } },
  ]);
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints: unknown = await server.connection.sendRequest('textDocument/inlayHint', {
    textDocument,
    range,
  });
  expect(hints).toMatchObject([{ label: '← Pay', tooltip: 'Zugewiesen in Pay' }]);
});
