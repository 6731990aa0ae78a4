import { window, type ExtensionContext } from 'vscode';
import { adoption } from './adoption.ts';
import { checkWorkspace } from './commands/checkWorkspace.ts';
import { convertFormatCommand } from './commands/convertFormat.ts';
import { restartServer } from './commands/restartServer.ts';
import { showLog } from './commands/showLog.ts';
import { showReferences } from './commands/showReferences.ts';
import type { CreateDebugWorker } from './debug/adapter.ts';
import { debugging } from './debug/debug.ts';
import { Executions } from './executions.ts';
import { graph } from './graph/graph.ts';
import { LazyLanguageClient, type LoadLanguageClient } from './lazyLanguageClient.ts';
import type { Feature, Services } from './services.ts';
import { statusBar } from './statusBar.ts';
import { besideToolkit } from './toolkit.ts';
import { workspaceFiles } from './workspaceFiles.ts';
import { newStateMachine } from './welcome/newStateMachine.ts';
import { openExample } from './welcome/openExample.ts';

/** Every part of the extension; the graph and the debugger stand in this list like any command. */
const features: readonly Feature[] = [
  restartServer,
  showLog,
  showReferences,
  workspaceFiles,
  convertFormatCommand,
  checkWorkspace,
  graph,
  debugging,
  adoption,
  statusBar,
  openExample,
  newStateMachine,
  besideToolkit,
];

/** What differs between the desktop and the browser. */
export interface Host {
  readonly loadLanguageClient: LoadLanguageClient;
  readonly createDebugWorker: CreateDebugWorker;
}

/**
 * Sets everything up when the first definition is opened or the first command is run. Nothing here
 * waits: the server starts beside, off this thread.
 */
export function activate(context: ExtensionContext, host: Host): void {
  const log = window.createOutputChannel('Stepwise', { log: true });
  const client = new LazyLanguageClient(host.loadLanguageClient, context.extensionUri, log);
  const executions = new Executions();
  context.subscriptions.push(log, executions, client);
  const services: Services = { context, client, log, createDebugWorker: host.createDebugWorker, executions };
  for (const register of features) register(services);
}
