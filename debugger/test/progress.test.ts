import { describe, expect, test } from 'vitest';
import { Conversation } from './conversation.ts';
import { counting } from './machines.ts';
import { transcript } from './transcript.ts';

const files = { '/c.asl.json': counting };
const none = async (): Promise<void> => undefined;

/** A clock on which every look costs so many milliseconds. */
function clock(step: number): () => number {
  let time = 0;
  return () => (time += step);
}

describe('what takes long', () => {
  transcript('tells how far a long execution has come', files, async client => {
    client.now = clock(400);
    const shows = { supportsProgressReporting: true };
    await client.launch({ program: '/c.asl.json', input: { limit: 250 }, stopAtEnd: true }, none, shows);
    await client.stop();
    await client.resume('reverseContinue');
  });

  test('is told only to clients that show it', async () => {
    const client = new Conversation(files);
    client.now = clock(400);
    await client.launch({ program: '/c.asl.json', input: { limit: 250 } });
    await client.stop();
    expect(client.eventsOf('progressStart')).toEqual([]);
  });

  test('is not told of what is over soon', async () => {
    const client = new Conversation(files);
    client.now = clock(10);
    const shows = { supportsProgressReporting: true };
    await client.launch({ program: '/c.asl.json', input: { limit: 250 } }, none, shows);
    await client.stop();
    expect(client.eventsOf('progressStart')).toEqual([]);
  });

  test('pauses when the user cancels it', async () => {
    const client = new Conversation(files);
    client.now = clock(400);
    const shows = { supportsProgressReporting: true };
    await client.launch({ program: '/c.asl.json', input: { limit: 1e9 } }, none, shows);
    const { progressId } = (await client.event('progressStart')) as { progressId?: string };
    await client.ask('cancel', { progressId });
    expect(await client.stop()).toBe('pause');
    expect(client.eventsOf('progressEnd')).toHaveLength(1);
    await client.ask('terminate');
  });

  test('is told while real time passes', async () => {
    const client = new Conversation({
      '/w.asl.json': '{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}}',
    });
    client.now = clock(400);
    const shows = { supportsProgressReporting: true };
    await client.launch({ program: '/w.asl.json', time: 5 }, none, shows);
    await client.stop();
    const [start] = client.eventsOf('progressStart') as unknown as { title: string; message: string }[];
    expect(start).toMatchObject({ title: 'The execution waits', message: 'W', cancellable: true });
  });
});
