import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Conversation, example } from './conversation.ts';
import { branches, counting, doubling, orderFiles, shopFiles, shopWith } from './machines.ts';

/** Every example and test machine with its test cases, as launch configurations. */
const launches = [
  ...['Dear', 'Cheap', 'Busy', 'None'].map(testCase => ({ files: shopFiles, args: shopWith(testCase) })),
  {
    files: { '/d.asl.json': doubling },
    args: { program: '/d.asl.json', input: { numbers: [1, 2, 3, 4, 5] } },
  },
  { files: { '/b.asl.json': branches }, args: { program: '/b.asl.json' } },
  { files: { '/c.asl.json': counting }, args: { program: '/c.asl.json', input: { limit: 5 } } },
  ...[3, 20, 80].map(weight => ({
    files: orderFiles,
    args: { program: '/order.asl.json', input: { name: 'parcel', weight }, unmocked: 'fail' },
  })),
  ...[
    ['order-processing', 'OutOfStock'],
    ['user-registration', 'MailBounces'],
    ['data-pipeline', 'OneUnknown'],
    ['parallel-fan-out', 'HotelSoldOut'],
    ['human-approval', 'Approved'],
  ].map(([name = '', testCase = '']) => {
    const files = example(name);
    const args = {
      program: files.program,
      inputFile: '/input.json',
      mockFile: '/MockConfigFile.json',
      testCase,
    };
    return { files, args };
  }),
];
const anyLaunch = fc.constantFrom(...launches);

async function begin({ files, args }: (typeof launches)[number], more: object = {}): Promise<Conversation> {
  const client = new Conversation(files);
  await client.launch({ ...args, stopOnEntry: true, stopAtEnd: true, ...more });
  await client.stop();
  return client;
}

/** Where the execution stands, with everything that can be seen there. */
async function sight(client: Conversation): Promise<string> {
  const threadId = client.thread;
  const { stackFrames } = await client.ask('stackTrace', { threadId });
  const seen: unknown[] = [stackFrames.map(({ name, line }) => [name, line])];
  const { scopes } = await client.ask('scopes', { frameId: stackFrames[0]?.id });
  for (const { name, variablesReference } of scopes) {
    const { variables } = await client.ask('variables', { variablesReference });
    seen.push([name, variables.map(variable => [variable.name, variable.value])]);
  }
  return JSON.stringify(seen);
}

const lastOutcome = (client: Conversation): string =>
  client.eventsOf('output').findLast(({ output }) => output?.startsWith('Execution') === true)?.output ?? '';

describe('for every execution', () => {
  test(
    'n stages forward and n back is where it was',
    () =>
      fc.assert(
        fc.asyncProperty(
          anyLaunch,
          fc.integer({ min: 0, max: 12 }),
          fc.integer({ min: 1, max: 12 }),
          async (launch, skip, n) => {
            const client = await begin(launch);
            for (let i = 0; i < skip; i++) {
              const stop = await client.resume('next', {
                threadId: client.thread,
                granularity: 'instruction',
              });
              if (stop === 'terminated') return;
            }
            const thread = client.thread;
            const before = await sight(client);
            let made = 0;
            for (; made < n; made++) {
              const stop = await client.resume('next', { threadId: thread, granularity: 'instruction' });
              if (stop !== 'step' || client.thread !== thread) break;
            }
            if (made < n) return;
            for (let i = 0; i < n; i++)
              await client.resume('stepBack', { threadId: thread, granularity: 'instruction' });
            expect(await sight(client)).toBe(before);
          },
        ),
        { numRuns: 60 },
      ),
    30_000,
  );

  test(
    'n states forward and n back is where it was',
    () =>
      fc.assert(
        fc.asyncProperty(anyLaunch, fc.integer({ min: 1, max: 8 }), async (launch, n) => {
          const client = await begin(launch);
          const before = await sight(client);
          for (let i = 0; i < n; i++) if ((await client.resume('next')) !== 'step') return;
          for (let i = 0; i < n; i++) await client.resume('stepBack');
          expect(await sight(client)).toBe(before);
        }),
        { numRuns: 40 },
      ),
    30_000,
  );

  test(
    'breakpoints are hit in the same order on every run',
    () =>
      fc.assert(
        fc.asyncProperty(
          anyLaunch,
          fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
          async (launch, lines) => {
            const run = async (): Promise<string[]> => {
              const client = new Conversation(launch.files);
              await client.launch(launch.args, async () => {
                await client.ask('setBreakpoints', {
                  source: { path: launch.args['program'] },
                  breakpoints: lines.map(line => ({ line })),
                });
              });
              const hits: string[] = [];
              while ((await client.stop()) !== 'terminated') {
                hits.push((await client.frames()).join());
                await client.ask('continue', { threadId: client.thread });
              }
              return hits;
            };
            expect(await run()).toEqual(await run());
          },
        ),
        { numRuns: 40 },
      ),
    30_000,
  );

  test.each(['next', 'stepIn'])(
    '%s to the end comes to the same as running',
    command =>
      fc.assert(
        fc.asyncProperty(anyLaunch, async launch => {
          const running = new Conversation(launch.files);
          await running.launch(launch.args);
          await running.event('terminated');
          const stepping = await begin(launch, { stopAtEnd: false });
          for (let stop = 'step'; stop !== 'terminated';)
            stop = await stepping.resume(command, { threadId: stepping.thread });
          expect(lastOutcome(stepping)).toBe(lastOutcome(running));
        }),
        { numRuns: 24 },
      ),
    30_000,
  );

  test(
    'going back and running again comes to the same',
    () =>
      fc.assert(
        fc.asyncProperty(
          anyLaunch,
          fc.array(fc.constantFrom('next', 'stepIn', 'stepOut', 'stepBack', 'reverseContinue'), {
            maxLength: 12,
          }),
          async (launch, commands) => {
            const running = new Conversation(launch.files);
            await running.launch(launch.args);
            await running.event('terminated');
            const client = await begin(launch, { stopAtEnd: false });
            for (const command of commands)
              if ((await client.resume(command, { threadId: client.thread })) === 'terminated') return;
            for (let stop = ''; stop !== 'terminated';) stop = await client.resume('continue');
            expect(lastOutcome(client)).toBe(lastOutcome(running));
          },
        ),
        { numRuns: 60 },
      ),
    30_000,
  );

  test(
    'pictures made on the way are those made at once',
    () =>
      fc.assert(
        fc.asyncProperty(
          anyLaunch,
          fc.array(fc.constantFrom('next', 'stepIn', 'stepBack', 'reverseContinue'), { maxLength: 10 }),
          async (launch, commands) => {
            const client = await begin(launch);
            for (const command of commands)
              if ((await client.resume(command, { threadId: client.thread })) === 'terminated') return;
            const view = client.eventsOf('stepwiseExecution').at(-1)?.view as { time: { position: number } };
            const fresh = await begin(launch);
            await fresh.resume('continue');
            await fresh.resume('stepwiseMoment', { position: view.time.position });
            const again = fresh.eventsOf('stepwiseExecution').at(-1)?.view as Record<string, unknown>;
            const { states, taken } = view as unknown as Record<string, unknown>;
            expect({ states: again['states'], taken: again['taken'] }).toEqual({ states, taken });
          },
        ),
        { numRuns: 40 },
      ),
    30_000,
  );
});
