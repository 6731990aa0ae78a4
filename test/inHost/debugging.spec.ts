import * as vscode from 'vscode';
import { assert, assertEqual } from './assert.ts';
import { eventually, positionOf, workspaceFile } from './editing.ts';

/** Running a state machine under VS Code's debugger. */
export function debuggingSpec(): void {
  describe('debugging', () => {
    afterEach(async () => {
      vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
      await vscode.debug.stopDebugging();
      await ended();
    });

    for (const format of ['json', 'yaml']) {
      it(`stops at a breakpoint in ${format} before the state runs, with its input`, async () => {
        const { document, launch } = await example(format);
        const line = positionOf(
          document,
          format === 'json' ? '"Send Welcome Mail": {' : 'Send Welcome Mail:\n',
        ).line;
        breakAt(document.uri, line);
        assert(await vscode.debug.startDebugging(undefined, launch), 'the session starts');
        const session = await stopped();
        const [frame] = await frames(session);
        assertEqual([frame?.name, frame?.line], ['Send Welcome Mail', line + 1]);
        const input = await membersOfScope(session, frame?.id, 'Input');
        assertEqual(input['email'], '"ada@example.com"');
      });
    }

    it('runs to the end when nothing stops it', async () => {
      const { launch } = await example('json');
      const lines: string[] = [];
      const listening = vscode.debug.registerDebugAdapterTrackerFactory('asl', {
        createDebugAdapterTracker: () => ({
          onDidSendMessage: (message: unknown) => lines.push(JSON.stringify(message)),
        }),
      });
      assert(await vscode.debug.startDebugging(undefined, launch), 'the session starts');
      await ended();
      listening.dispose();
      assert(
        lines.some(line => line.includes('User Registered')),
        `the last state is told of: ${lines.join('\n')}`,
      );
    });
  });
}

interface Frame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
}

async function example(
  format: string,
): Promise<{ document: vscode.TextDocument; launch: vscode.DebugConfiguration }> {
  const uri = workspaceFile(`user-registration/user-registration.asl.${format}`);
  const beside = (name: string): string => debugPath(vscode.Uri.joinPath(uri, '..', name));
  const launch = {
    type: 'asl',
    request: 'launch',
    name: 'user registration',
    program: debugPath(uri),
    inputFile: beside('input.json'),
    mockFile: beside('MockConfigFile.json'),
    testCase: 'Registered',
  };
  return { document: await vscode.workspace.openTextDocument(uri), launch };
}

/** How a launch configuration names a file: by its path, or by its URI where it has none. */
function debugPath(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

function breakAt(uri: vscode.Uri, line: number): void {
  const location = new vscode.Location(uri, new vscode.Position(line, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
}

/** Waits until VS Code shows where the session has stopped. */
async function stopped(): Promise<vscode.DebugSession> {
  const item = await eventually(
    () => vscode.debug.activeStackItem,
    current => current instanceof vscode.DebugStackFrame,
  );
  assert(item, 'a frame is shown');
  return item.session;
}

async function ended(): Promise<void> {
  await eventually(
    () => vscode.debug.activeDebugSession?.name,
    name => name === undefined,
  );
}

async function frames(session: vscode.DebugSession): Promise<readonly Frame[]> {
  const { threads } = (await session.customRequest('threads')) as { threads: readonly { id: number }[] };
  const answer: unknown = await session.customRequest('stackTrace', { threadId: threads[0]?.id });
  return (answer as { stackFrames: readonly Frame[] }).stackFrames;
}

/** Names and values of what a scope of a frame holds. */
async function membersOfScope(
  session: vscode.DebugSession,
  frameId: number | undefined,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const { scopes } = (await session.customRequest('scopes', { frameId })) as {
    scopes: readonly { name: string; variablesReference: number }[];
  };
  const scope = scopes.find(candidate => candidate.name === name);
  assert(scope, `there is a scope ${name}`);
  const { variables } = (await session.customRequest('variables', {
    variablesReference: scope.variablesReference,
  })) as {
    variables: readonly { name: string; value: string }[];
  };
  return Object.fromEntries(variables.map(variable => [variable.name, variable.value]));
}
