import { describe } from 'vitest';
import { example } from './conversation.ts';
import { transcript } from './transcript.ts';

const order = example('order-processing');
const mocked = { program: order.program, inputFile: '/input.json', mockFile: '/MockConfigFile.json' };

describe('the order example', () => {
  transcript(
    'runs an order without stopping',
    order,
    async client => {
      await client.launch({ ...mocked, testCase: 'Completed' });
      await client.event('terminated');
    },
    { quiet: ['stepwiseExecution'] },
  );

  transcript('steps over each state of an order', order, async client => {
    await client.launch({ ...mocked, testCase: 'Completed', stopOnEntry: true });
    while ((await client.stop()) !== 'terminated') {
      client.note((await client.frames()).join(' < '));
      await client.ask('next', { threadId: 1 });
    }
  });
});
