import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleIn } from '#test/setup/bundle.ts';
import { DebugAdapterProcess } from './debugAdapter.ts';

const program = path.resolve(import.meta.dirname, '../../examples/hello-world/hello-world.asl.json');

let adapter: DebugAdapterProcess;

beforeEach(() => {
  adapter = new DebugAdapterProcess();
});

afterEach(() => {
  adapter.stop();
});

test('the adapter speaks the language whose texts came with initialize', async () => {
  await adapter.ask('initialize', { adapterID: 'asl', texts: bundleIn('de') });
  expect(await adapter.ask('launch', { program, time: 'slow' })).toMatchObject({
    success: false,
    message:
      '"time" muss "virtual", "real" oder eine Zahl sein: 60 lässt eine Minute in einer Sekunde vergehen.',
  });
  adapter.send('launch', { program, input: {}, stopOnEntry: true });
  await adapter.until(({ event }) => event === 'initialized');
  await adapter.ask('configurationDone');
  const stopped = await adapter.until(({ event }) => event === 'stopped');
  expect(stopped.body).toMatchObject({ description: expect.stringMatching(/^Angehalten vor '/) });
});

test('and English where none came', async () => {
  await adapter.ask('initialize', { adapterID: 'asl', locale: 'de' });
  expect(await adapter.ask('threads')).toMatchObject({ body: { threads: [{ name: 'Execution' }] } });
});
