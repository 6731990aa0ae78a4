import { commands } from 'vscode';
import type { Feature } from '#client/services.ts';

/** Stepwise: Restart Language Server. */
export const restartServer: Feature = ({ context, client }) => {
  context.subscriptions.push(commands.registerCommand('stepwise.restartServer', () => client.restart()));
};
