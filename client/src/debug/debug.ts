import { commands, debug, DebugAdapterInlineImplementation, Uri, window } from 'vscode';
import { holdsDefinition } from '#client/languages.ts';
import type { Feature } from '#client/services.ts';
import { executionEvent, readExecutionEvent } from '#protocol/debugHost.ts';
import { isExecutionView } from '#protocol/execution.ts';
import { pathOf, uriOf, WorkerAdapter } from './adapter.ts';
import { ConfigurationProvider } from './configuration.ts';

const type = 'asl';

/** Running and debugging state machines: the adapter, launch configurations, and the commands behind Run | Debug. */
export const debugging: Feature = ({ context, log, createDebugWorker, executions }) => {
  const provider = new ConfigurationProvider(context.workspaceState);
  const start = async (argument: unknown, noDebug: boolean): Promise<void> => {
    const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
    if (!uri) return;
    const config = { type, request: 'launch', name: uri.path.split('/').at(-1) ?? '', program: pathOf(uri) };
    await debug.startDebugging(undefined, config, { noDebug });
  };
  context.subscriptions.push(
    debug.registerDebugAdapterDescriptorFactory(type, {
      createDebugAdapterDescriptor: () =>
        new DebugAdapterInlineImplementation(new WorkerAdapter(createDebugWorker(), log)),
    }),
    debug.registerDebugConfigurationProvider(type, provider),
    debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
      if (session.type !== type || event !== executionEvent) return;
      const execution = readExecutionEvent(body);
      if (execution && isExecutionView(execution.view))
        executions.show(uriOf(execution.program), execution.view);
    }),
    commands.registerCommand('stepwise.run', (argument: unknown) => start(argument, true)),
    commands.registerCommand('stepwise.debug', (argument: unknown) => start(argument, false)),
    commands.registerCommand('stepwise.changeInput', async () => {
      const document = window.activeTextEditor?.document;
      if (!document || !holdsDefinition(document)) return;
      await provider.forgetInput(document);
      await start(document.uri, false);
    }),
  );
};
