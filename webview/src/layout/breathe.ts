/** Milliseconds of work after which the page gets a turn. */
export const turn = 24;

let since = 0;

/** Waits for the page's input and painting when the work has taken a turn's time; else at once. */
export function breathe(): Promise<void> | undefined {
  const now = performance.now();
  if (now - since < turn) return undefined;
  return new Promise(resolve => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => {
      channel.port1.close();
      since = performance.now();
      resolve();
    });
    channel.port1.start();
    channel.port2.postMessage(undefined);
  });
}
