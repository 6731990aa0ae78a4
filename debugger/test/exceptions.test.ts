import { describe, expect } from 'vitest';
import type { Conversation } from './conversation.ts';
import { shopFiles, shopWith } from './machines.ts';
import { transcript } from './transcript.ts';

const filters = (client: Conversation, ...filterOptions: readonly object[]) =>
  client.ask('setExceptionBreakpoints', { filters: [], filterOptions });

async function visit(client: Conversation): Promise<void> {
  for (let stop = await client.stop(); stop !== 'terminated'; stop = await client.stop()) {
    client.note((await client.frames()).join(' < '));
    if (stop === 'exception') await client.ask('exceptionInfo', { threadId: client.thread });
    await client.ask('continue', { threadId: client.thread });
  }
}

const failing = {
  '/f.asl.json': `{
  "StartAt": "Fan",
  "States": {
    "Fan": {
      "Type": "Parallel",
      "Branches": [
        { "StartAt": "A", "States": { "A": { "Type": "Fail", "Error": "Broken", "Cause": "by design" } } },
        { "StartAt": "B", "States": { "B": { "Type": "Wait", "Seconds": 5, "End": true } } }
      ],
      "Retry": [{ "ErrorEquals": ["Broken"], "MaxAttempts": 1, "IntervalSeconds": 3 }],
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "After" }],
      "Next": "After"
    },
    "After": {
      "Type": "Pass",
      "Parameters": { "x.$": "$.nowhere" },
      "End": true
    }
  }
}
`,
};

const tolerant = {
  '/t.asl.json': `{
  "StartAt": "Each",
  "States": {
    "Each": {
      "Type": "Map",
      "ToleratedFailureCount": 2,
      "ItemProcessor": {
        "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
        "StartAt": "Which",
        "States": {
          "Which": {
            "Type": "Choice",
            "Choices": [
              { "Variable": "$", "NumericEquals": 2, "Next": "Two" },
              { "Variable": "$", "NumericEquals": 3, "Next": "Call" }
            ],
            "Default": "Fine"
          },
          "Two": { "Type": "Fail", "Error": "Two", "Cause": "by design" },
          "Call": { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true },
          "Fine": { "Type": "Pass", "End": true }
        }
      },
      "End": true
    }
  }
}
`,
};

describe('errors', () => {
  transcript(
    'stops at errors that a distributed Map tolerates, and at what it does not',
    tolerant,
    async client => {
      await client.launch({ program: '/t.asl.json', input: [1, 2, 3, 2], unmocked: 'fail' }, async () => {
        await filters(client, { filterId: 'all' });
      });
      await visit(client);
      const { view } = client.eventsOf('stepwiseExecution').at(-1) as {
        readonly view: { readonly states: Readonly<Record<string, unknown>> };
      };
      const { '/States/Each': map, '/States/Each/ItemProcessor/States/Call': call } = view.states;
      expect(map).toMatchObject({ iterations: { total: 4, running: 0, succeeded: 1, failed: 3 } });
      expect(call).toMatchObject({ status: 'failed', error: 'States.Runtime' });
    },
  );

  transcript('stops at errors of tasks, but not at others', { ...shopFiles, ...failing }, async client => {
    await client.launch(shopWith('Busy'), async () => {
      await filters(client, { filterId: 'task' }, { filterId: 'evaluation' });
    });
    await visit(client);
  });

  transcript('stops at errors of the definition', failing, async client => {
    await client.launch({ program: '/f.asl.json' }, async () => {
      await filters(client, { filterId: 'evaluation' });
    });
    await visit(client);
  });

  transcript('stops at an error that nothing catches', shopFiles, async client => {
    await client.launch(shopWith('None'), async () => {
      await filters(client, { filterId: 'uncaught' });
    });
    await visit(client);
  });

  transcript('stops at errors that are caught', shopFiles, async client => {
    await client.launch(shopWith('None'), async () => {
      await filters(client, { filterId: 'caught' });
    });
    await visit(client);
  });

  transcript('stops at errors that are retried', shopFiles, async client => {
    await client.launch(shopWith('Busy'), async () => {
      await filters(client, { filterId: 'retried' });
    });
    await visit(client);
  });

  transcript('chooses errors by their names', shopFiles, async client => {
    await client.launch(shopWith('None'), async () => {
      await filters(client, { filterId: 'all', condition: 'Busy, Sor*' }, { filterId: 'unknown' });
    });
    await visit(client);
  });

  transcript('tells which state around a failed branch handles its error', failing, async client => {
    await client.launch({ program: '/f.asl.json' }, async () => {
      await client.ask('setExceptionBreakpoints', { filters: ['all'] });
    });
    await visit(client);
  });

  transcript('knows of no error where there is none', shopFiles, async client => {
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    await client.ask('exceptionInfo', { threadId: 1 });
  });

  transcript(
    'goes back from an error and changes what led to it',
    shopFiles,
    async client => {
      await client.launch(shopWith('None'), async () => {
        await filters(client, { filterId: 'uncaught' });
      });
      await client.stop();
      await client.resume('stepBack');
      await client.resume('stepBack');
      client.note((await client.frames()).join(' < '));
      const { targets } = await client.ask('gotoTargets', { source: { path: '/shop.asl.json' }, line: 55 });
      await client.resume('goto', { targetId: targets[0]?.id });
      await client.resume('continue');
    },
    { quiet: ['stepwiseExecution', 'process'] },
  );
});
