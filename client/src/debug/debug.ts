import { commands, debug, DebugAdapterInlineImplementation, window } from 'vscode';
import { holdsDefinition } from '#client/languages.ts';
import type { Feature } from '#client/services.ts';
import { WorkerAdapter } from './adapter.ts';
import { ConfigurationProvider } from './configuration.ts';
import { hotReload } from './hotReload.ts';
import { debugType, LastLaunches, readRunRequest, start } from './launching.ts';
import { liveValues } from './liveValues.ts';
import { saveMockCase } from './mockCase.ts';
import { mockCaseLenses } from './mockCaseLenses.ts';
import { replayHistory } from './replayCommand.ts';
import { taskQuestions } from './taskQuestions.ts';

/** Running and debugging state machines: the adapter, launch configurations, and the commands behind Run | Debug. */
export const debugging: Feature = ({ context, client, log, createDebugWorker, executions }) => {
  const provider = new ConfigurationProvider(context.workspaceState, client);
  const lastLaunches = new LastLaunches(context.workspaceState);
  context.subscriptions.push(
    debug.registerDebugAdapterDescriptorFactory(debugType, {
      createDebugAdapterDescriptor: () =>
        new DebugAdapterInlineImplementation(new WorkerAdapter(createDebugWorker(), log, executions)),
    }),
    debug.registerDebugConfigurationProvider(debugType, provider),
    debug.onDidStartDebugSession(({ type, configuration }) => {
      if (type === debugType && configuration.request === 'launch') void lastLaunches.remember(configuration);
    }),
    taskQuestions(client),
    hotReload(),
    mockCaseLenses(),
    ...liveValues(),
    commands.registerCommand('stepwise.run', (argument: unknown) => start(readRunRequest(argument), 'run')),
    commands.registerCommand('stepwise.debug', (argument: unknown) =>
      start(readRunRequest(argument), 'debug'),
    ),
    commands.registerCommand('stepwise.debugLastInput', async (argument: unknown) => {
      const request = readRunRequest(argument);
      await (request ? lastLaunches.repeat(request.uri) : start(undefined, 'debug'));
    }),
    commands.registerCommand('stepwise.changeInput', async () => {
      const document = window.activeTextEditor?.document;
      if (!document || !holdsDefinition(document)) return;
      await provider.forgetInput(document);
      await start({ uri: document.uri }, 'debug');
    }),
    commands.registerCommand('stepwise.createMockCase', () => saveMockCase(client)),
    commands.registerCommand('stepwise.replayHistory', (argument: unknown) => replayHistory(argument)),
  );
};
