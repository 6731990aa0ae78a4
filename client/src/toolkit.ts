import { commands, ConfigurationTarget, extensions, l10n, TabInputCustom, window, workspace } from 'vscode';
import type { Feature } from '#client/services.ts';

const toolkitId = 'amazonwebservices.aws-toolkit-vscode';
const answerKey = 'toolkit.answer';

/** What file names are given to our own language ids, which the AWS Toolkit does not serve. */
const associations: Readonly<Record<string, string>> = {
  '*.asl': 'stepwise-asl',
  '*.asl.json': 'stepwise-asl',
  '*.asl.yaml': 'stepwise-asl-yaml',
  '*.asl.yml': 'stepwise-asl-yaml',
};

/** The Toolkit opens these in Workflow Studio, which needs the network, unless they are given to the text editor. */
const textEditors: Readonly<Record<string, string>> = {
  '*.asl.json': 'default',
  '*.asl.yaml': 'default',
  '*.asl.yml': 'default',
};

/**
 * Beside the AWS Toolkit both would complete and underline every definition. Once, the user is asked
 * whether Stepwise shall take over; the answer is remembered and can be changed by command.
 */
export const besideToolkit: Feature = ({ context }) => {
  const takeOver = async (): Promise<void> => {
    await associate('files', 'associations', associations);
    await associate('workbench', 'editorAssociations', textEditors);
    await context.globalState.update(answerKey, 'stepwise');
    await reopenAsText();
  };
  const giveBack = async (): Promise<void> => {
    await dissociate('files', 'associations', associations);
    await dissociate('workbench', 'editorAssociations', textEditors);
    await context.globalState.update(answerKey, 'both');
  };
  const offer = async (): Promise<void> => {
    if (!extensions.getExtension(toolkitId) || context.globalState.get(answerKey) !== undefined) return;
    const stepwise = l10n.t('Use Stepwise');
    const both = l10n.t('Keep Both');
    const answer = await window.showInformationMessage(
      l10n.t(
        'The AWS Toolkit also completes and checks state machine definitions, so that suggestions and squiggles come twice. Shall Stepwise take over these files?',
      ),
      stepwise,
      both,
    );
    if (answer === stepwise) await takeOver();
    else if (answer === both) await context.globalState.update(answerKey, 'both');
  };
  context.subscriptions.push(
    commands.registerCommand('stepwise.takeOverFromToolkit', takeOver),
    commands.registerCommand('stepwise.giveBackToToolkit', giveBack),
    extensions.onDidChange(() => void offer()),
  );
  void offer();
};

/** Definitions that are open in the Toolkit's own editor would stay there, even when they are opened again. */
async function reopenAsText(): Promise<void> {
  for (const group of window.tabGroups.all) {
    for (const tab of group.tabs) {
      if (!(tab.input instanceof TabInputCustom) || !/\.asl\.(?:json|ya?ml)$/i.test(tab.input.uri.path))
        continue;
      const { uri } = tab.input;
      // With unsaved changes it is left to the user.
      if (tab.isDirty) continue;
      await window.tabGroups.close(tab);
      await commands.executeCommand('vscode.openWith', uri, 'default', group.viewColumn);
    }
  }
}

async function associate(
  section: string,
  name: string,
  entries: Readonly<Record<string, string>>,
): Promise<void> {
  await changeUserSetting(section, name, before => ({ ...before, ...entries }));
}

/** Takes away only what `associate` put there. */
async function dissociate(
  section: string,
  name: string,
  entries: Readonly<Record<string, string>>,
): Promise<void> {
  await changeUserSetting(section, name, before =>
    Object.fromEntries(Object.entries(before).filter(([pattern, value]) => entries[pattern] !== value)),
  );
}

/** Changes a setting that maps patterns; one that maps nothing any more is taken out of the file. */
async function changeUserSetting(
  section: string,
  name: string,
  change: (before: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): Promise<void> {
  const configuration = workspace.getConfiguration(section);
  const after = change(configuration.inspect<Record<string, string>>(name)?.globalValue ?? {});
  await configuration.update(
    name,
    Object.keys(after).length > 0 ? after : undefined,
    ConfigurationTarget.Global,
  );
}
