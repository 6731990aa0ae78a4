import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { CreateDebugWorker } from './debug/adapter.ts';
import type { Executions } from './executions.ts';
import type { LazyLanguageClient } from './lazyLanguageClient.ts';

/** What a part of the extension may use; made once, when the first definition is opened. */
export interface Services {
  readonly context: ExtensionContext;
  readonly client: LazyLanguageClient;
  readonly log: LogOutputChannel;
  readonly createDebugWorker: CreateDebugWorker;
  readonly executions: Executions;
}

/**
 * A part of the extension: commands, the graph, the debugger. Called once while activating, so it only
 * registers; what it registers it adds to `context.subscriptions`.
 */
export type Feature = (services: Services) => void;
