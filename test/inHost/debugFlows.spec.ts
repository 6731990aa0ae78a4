import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { eventually, positionOf, workspaceFile } from './editing.ts';

/** What a user does while debugging, beyond breakpoints: going back, answering tasks, editing, replaying. */
export function debugFlowsSpec(): void {
  describe('debugging, further', () => {
    afterEach(async () => {
      vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await vscode.debug.stopDebugging();
      await eventually(
        () => vscode.debug.activeDebugSession?.name,
        name => name === undefined,
      );
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('starts from the Debug code lens and steps back', async () => {
      const { uri, extra } = registration();
      await launch({ ...extra, program: pathOf(uri), stopOnEntry: true });
      assertEqual(await stateShown(), 'Create User');
      await vscode.commands.executeCommand('workbench.action.debug.stepOver');
      await shows('Send Welcome Mail');
      await vscode.commands.executeCommand('workbench.action.debug.stepBack');
      await shows('Create User');
    });

    it('shows the stopped line in the editor', async () => {
      const { uri, extra } = registration();
      await launch({ ...extra, program: pathOf(uri), stopOnEntry: true });
      const editor = await eventually(
        () => vscode.window.activeTextEditor,
        active => active?.document.uri.toString() === uri.toString(),
      );
      assert(editor, 'the definition is open');
      const line = positionOf(editor.document, '"Create User": {').line;
      await eventually(
        () => editor.selection.active.line,
        active => active === line,
      );
    });

    it('asks for the answer of a task, and goes on with it', async () => {
      const { uri } = registration();
      const asked = nextEvent('stepwiseTask');
      await launch({
        program: pathOf(uri),
        input: { name: 'Ada', email: 'a@b.c' },
        ...noMocks,
      });
      const { request } = (await asked) as { request: number };
      const session = vscode.debug.activeDebugSession;
      assert(session, 'there is a session');
      const next = nextEvent('stepwiseTask');
      await session.customRequest('stepwiseAnswer', {
        request,
        kind: 'succeeded',
        output: { Payload: { userId: 7 } },
      });
      assertEqual(((await next) as { stateName: string }).stateName, 'Send Welcome Mail');
    });

    it('evaluates in the console and changes values', async () => {
      const { uri, extra } = registration();
      await launch({ ...extra, program: pathOf(uri), stopOnEntry: true });
      const session = vscode.debug.activeDebugSession;
      assert(session, 'there is a session');
      const { result } = (await session.customRequest('evaluate', {
        expression: "States.Format('Hello {}', $.name)",
        context: 'repl',
      })) as { result: string };
      assertEqual(result, '"Hello Ada Lovelace"');
      await session.customRequest('setExpression', { expression: '$.name', value: '"Grace"' });
      const changed = (await session.customRequest('evaluate', {
        expression: '$.name',
        context: 'hover',
      })) as {
        result: string;
      };
      assertEqual(changed.result, '"Grace"');
    });

    it('uses a definition that is saved while it is stopped', async () => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      assert(folder, 'a folder is open');
      const uri = vscode.Uri.joinPath(folder.uri, 'edited.asl.json');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(passing('Second')));
      const document = await vscode.workspace.openTextDocument(uri);
      await launch({ program: pathOf(uri), input: {}, stopOnEntry: true, ...noMocks });
      assertEqual(await stateShown(), 'First');
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), passing('Third'));
      await vscode.workspace.applyEdit(edit);
      assert(await document.save(), 'the file is saved');
      // The reload comes after the save; a step before it would still go to the old state.
      await new Promise(resolve => setTimeout(resolve, 500));
      await vscode.commands.executeCommand('workbench.action.debug.stepOver');
      await shows('Third');
    });

    it('replays a recorded history', async () => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      assert(folder, 'a folder is open');
      const write = async (name: string, text: string): Promise<string> => {
        const uri = vscode.Uri.joinPath(folder.uri, name);
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
        return pathOf(uri);
      };
      const program = await write('replayed.asl.json', passing('Second'));
      const history = await write('history.json', JSON.stringify({ events: recorded }));
      await launch({ request: 'attach', program, history });
      assertEqual(await stateShown(), 'First');
      await vscode.commands.executeCommand('workbench.action.debug.stepOver');
      await shows('Second');
      const input = await evaluated('$.order');
      assertEqual(input, '7');
    });

    it('goes into a state machine that lies elsewhere in the workspace', async () => {
      const write = async (name: string, text: string): Promise<vscode.Uri> => {
        const uri = workspaceFile(name);
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
        return uri;
      };
      const program = await write('callers/near/caller.asl.json', starting('Elsewhere'));
      await write('Elsewhere.asl.json', passing('Farther'));
      const nearer = await write('callers/called/Elsewhere.asl.json', passing('Nearer'));
      const breakpoint = new vscode.FunctionBreakpoint('Nearer');
      vscode.debug.addBreakpoints([breakpoint]);
      await launch({ program: pathOf(program), input: {}, ...noMocks });
      assertEqual(await stateShown(), 'Nearer');
      const found: unknown = vscode.debug.activeDebugSession?.configuration['workspaceStateMachines'];
      assertEqual((found as Readonly<Record<string, string>>)['Elsewhere'], pathOf(nearer));
    });

    it('searches the workspace only for what starts other state machines', async () => {
      const { uri, extra } = registration();
      await launch({ ...extra, program: pathOf(uri), stopOnEntry: true });
      assertEqual(await stateShown(), 'Create User');
      assertEqual(vscode.debug.activeDebugSession?.configuration['workspaceStateMachines'], {});
    });

    it('saves answers as a test case, beside what the mock file holds', async () => {
      const { uri, extra } = registration();
      const example = vscode.Uri.joinPath(uri, '..', 'MockConfigFile.json');
      const mocks = vscode.Uri.joinPath(uri, '..', 'saved-mocks.json');
      // A number that would be rounded, were the file written anew.
      const text = new TextDecoder()
        .decode(await vscode.workspace.fs.readFile(example))
        .replace('"StatusCode": 200', '"StatusCode": 200.0');
      await vscode.workspace.fs.writeFile(mocks, new TextEncoder().encode(text));
      await launch({ ...extra, program: pathOf(uri), mockFile: pathOf(mocks), stopOnEntry: true });
      assertEqual(await stateShown(), 'Create User');
      await vscode.commands.executeCommand('workbench.action.debug.stepOver');
      await shows('Send Welcome Mail');
      const saved = vscode.commands.executeCommand('stepwise.createMockCase');
      const document = await vscode.workspace.openTextDocument(mocks);
      await acceptUntil(() => document.getText().includes('"Recorded"'));
      await saved;
      const { StateMachines } = JSON.parse(document.getText()) as {
        StateMachines: Record<string, { TestCases: Record<string, unknown> }>;
      };
      const cases = Object.keys(StateMachines['user-registration']?.TestCases ?? {});
      assertEqual(cases, ['Registered', 'EmailTaken', 'MailBounces', 'Recorded']);
      assert(document.getText().includes('"StatusCode": 200.0'), 'the answers there were are as they were');
      assert(document.isDirty, 'the file is left to be looked at');

      await rewrite(document, '{ "StateMachines": ');
      let isOver = false;
      const refused = Promise.resolve(vscode.commands.executeCommand('stepwise.createMockCase'));
      void refused.then(() => (isOver = true));
      await acceptUntil(() => isOver);
      assertEqual(document.getText(), '{ "StateMachines": ');
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('offers Run and Debug above each test case of a mock file', async () => {
      const uri = workspaceFile('user-registration/MockConfigFile.json');
      await vscode.window.showTextDocument(uri);
      const lenses = await eventually(
        () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri),
        found => (found?.length ?? 0) >= 6,
        20,
      );
      const titles = lenses.map(({ command }) => command?.title);
      assertEqual(titles.filter(title => title === '$(debug-alt) Debug').length, 3);
    });
  });
}

/** Accepts whatever input is asked for, until something is so. */
async function acceptUntil(isSo: () => boolean): Promise<void> {
  await eventually(
    async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isSo();
    },
    is => is,
  );
}

async function rewrite(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** No mock file, although one lies beside the definition. */
const noMocks = { unmocked: 'ask' };

function registration(): { uri: vscode.Uri; extra: object } {
  const uri = workspaceFile('user-registration/user-registration.asl.json');
  const beside = (name: string): string => pathOf(vscode.Uri.joinPath(uri, '..', name));
  return {
    uri,
    extra: {
      inputFile: beside('input.json'),
      mockFile: beside('MockConfigFile.json'),
      testCase: 'Registered',
    },
  };
}

function passing(second: string): string {
  return JSON.stringify(
    {
      StartAt: 'First',
      States: { First: { Type: 'Pass', Next: second }, [second]: { Type: 'Pass', End: true } },
    },
    null,
    2,
  );
}

/** A definition whose only task runs another state machine. */
function starting(name: string): string {
  const arn = `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
  const call = {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Parameters: { StateMachineArn: arn },
    End: true,
  };
  return JSON.stringify({ StartAt: 'Call', States: { Call: call } }, null, 2);
}

/** `First` and `Second`, as AWS records them. */
const recorded = [
  {
    id: 1,
    previousEventId: 0,
    type: 'ExecutionStarted',
    executionStartedEventDetails: { input: '{"order":7}' },
  },
  {
    id: 2,
    previousEventId: 0,
    type: 'PassStateEntered',
    stateEnteredEventDetails: { name: 'First', input: '{"order":7}' },
  },
  {
    id: 3,
    previousEventId: 2,
    type: 'PassStateExited',
    stateExitedEventDetails: { name: 'First', output: '{"order":7}' },
  },
  {
    id: 4,
    previousEventId: 3,
    type: 'PassStateEntered',
    stateEnteredEventDetails: { name: 'Second', input: '{"order":7}' },
  },
  {
    id: 5,
    previousEventId: 4,
    type: 'PassStateExited',
    stateExitedEventDetails: { name: 'Second', output: '{"order":7}' },
  },
  {
    id: 6,
    previousEventId: 5,
    type: 'ExecutionSucceeded',
    executionSucceededEventDetails: { output: '{"order":7}' },
  },
];

function pathOf(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

async function launch(config: object): Promise<void> {
  const full = { type: 'asl', request: 'launch', name: 'flow', ...config };
  assert(await vscode.debug.startDebugging(undefined, full), 'the session starts');
}

function nextEvent(name: string): Promise<unknown> {
  return new Promise(resolve => {
    const listening = vscode.debug.onDidReceiveDebugSessionCustomEvent(({ event, body }) => {
      if (event !== name) return;
      listening.dispose();
      resolve(body as unknown);
    });
  });
}

/** The state of the frame that VS Code shows. */
async function stateShown(): Promise<string> {
  await eventually(
    () => vscode.debug.activeStackItem,
    item => item instanceof vscode.DebugStackFrame,
  );
  return nameOfState();
}

async function shows(state: string): Promise<void> {
  await eventually(nameOfState, name => name === state);
}

async function nameOfState(): Promise<string> {
  const item = vscode.debug.activeStackItem;
  if (!(item instanceof vscode.DebugStackFrame)) return '';
  const reply: unknown = await item.session.customRequest('stackTrace', { threadId: item.threadId }).then(
    answer => answer as unknown,
    () => undefined,
  );
  const [frame] = (reply as { stackFrames?: readonly { name: string }[] } | undefined)?.stackFrames ?? [];
  return frame?.name ?? '';
}

async function evaluated(expression: string): Promise<string> {
  const session = vscode.debug.activeDebugSession;
  assert(session, 'there is a session');
  const reply: unknown = await session.customRequest('evaluate', { expression, context: 'repl' });
  return (reply as { result: string }).result;
}
