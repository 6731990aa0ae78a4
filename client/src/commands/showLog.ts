import { commands } from 'vscode';
import type { Feature } from '#client/services.ts';

/** Stepwise: Show Log. */
export const showLog: Feature = ({ context, log }) => {
  context.subscriptions.push(commands.registerCommand('stepwise.showLog', () => log.show()));
};
