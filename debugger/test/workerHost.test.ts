import { expect, test } from 'vitest';
import { serveInWorker } from '#debugger/workerHost.ts';
import { bundleIn } from '#test/setup/bundle.ts';

test('a session in a worker speaks the language whose texts came with the start, of files, too', async () => {
  let tell: (message: unknown) => void = () => undefined;
  const refused = new Promise<unknown>(resolve => {
    serveInWorker(
      {
        post: message => {
          if (message.type === 'read') tell({ type: 'unreadable', id: message.id, reason: 'ENOENT' });
          if (message.type !== 'protocol') return;
          const { command, message: said } = message.message as Readonly<Record<string, unknown>>;
          if (command === 'launch') resolve(said);
        },
        listen: receive => {
          tell = receive;
        },
      },
      {
        yield: () => Promise.resolve(),
        sleep: () => Promise.resolve(),
        now: () => 0,
      },
    );
  });
  const request = (seq: number, command: string, args: object): void =>
    tell({ type: 'protocol', message: { seq, type: 'request', command, arguments: args } });
  request(1, 'initialize', { adapterID: 'asl', texts: bundleIn('de') });
  request(2, 'launch', { program: '/no.asl.json' });
  expect(await refused).toBe('Der Zustandsautomat kann nicht gelesen werden: ENOENT');
});
