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

/**
 * Waits until the browser has painted what there is, so that the next frame has less to do. A page that is not
 * seen has no frames, and needs none.
 */
export function painted(): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, latestFrame);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve);
    });
  });
}

/** Milliseconds after which no frame is expected any more. */
const latestFrame = 100;
