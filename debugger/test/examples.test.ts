import { describe } from 'vitest';
import { example, type Conversation } from './conversation.ts';
import { transcript } from './transcript.ts';

const told = { quiet: ['stepwiseExecution', 'process'] };

const cases = [
  ['order-processing', 'Completed'],
  ['order-processing', 'PaymentDeclined'],
  ['order-processing', 'PaymentServiceDown'],
  ['order-processing', 'OutOfStock'],
  ['user-registration', 'EmailTaken'],
  ['user-registration', 'MailBounces'],
  ['data-pipeline', 'AllKnown'],
  ['data-pipeline', 'OneUnknown'],
  ['parallel-fan-out', 'Prepared'],
  ['parallel-fan-out', 'HotelSoldOut'],
  ['human-approval', 'Approved'],
  ['human-approval', 'NoAnswer'],
] as const;

/** Everything that launches a case of an example. */
function launchOf(name: string, testCase: string | undefined, ending: 'json' | 'yaml' = 'json') {
  const files = example(name, ending);
  const mocks = testCase === undefined ? {} : { mockFile: '/MockConfigFile.json', testCase };
  return { files, args: { program: files.program, inputFile: '/input.json', ...mocks } };
}

async function walk(client: Conversation, command: string): Promise<void> {
  while ((await client.stop()) !== 'terminated') {
    client.note((await client.frames()).join(' < '));
    await client.quietly(() => client.ask(command, { threadId: client.thread }));
  }
}

describe('the examples', () => {
  for (const [name, testCase] of cases) {
    const { files, args } = launchOf(name, testCase);
    transcript(
      `tells the timeline of ${name} ${testCase}`,
      files,
      async client => {
        await client.launch(args);
        await client.stop();
      },
      told,
    );
  }

  for (const name of ['order-processing', 'data-pipeline', 'parallel-fan-out', 'human-approval']) {
    const testCase = cases.find(([each]) => each === name)?.[1];
    const { files, args } = launchOf(name, testCase);
    transcript(`steps over each state of ${name}`, files, async client => {
      await client.launch({ ...args, stopOnEntry: true });
      await walk(client, 'next');
    });
    transcript(`steps into everything of ${name}`, files, async client => {
      await client.launch({ ...args, stopOnEntry: true });
      await walk(client, 'stepIn');
    });
  }

  for (const name of ['order-processing', 'data-pipeline']) {
    const testCase = cases.find(([each]) => each === name)?.[1];
    const { files, args } = launchOf(name, testCase, 'yaml');
    transcript(`steps over each state of ${name} in YAML`, files, async client => {
      await client.launch({ ...args, stopOnEntry: true });
      await walk(client, 'next');
    });
  }
});
