/** Ends something that was started: a process, a browser, a temporary folder. Must be safe to call twice. */
export type Disposer = () => Promise<void> | void;

const disposers = new Set<Disposer>();
let signalsWatched = false;

/**
 * Remembers that something must be ended, whatever happens to this process.
 * The answer ends it now and forgets it.
 */
export function onCleanup(disposer: Disposer): () => Promise<void> {
  watchSignals();
  disposers.add(disposer);
  return async () => {
    disposers.delete(disposer);
    await disposer();
  };
}

/** Ends everything that is still remembered, the youngest first. */
export async function cleanUp(): Promise<void> {
  for (const disposer of [...disposers].toReversed()) {
    disposers.delete(disposer);
    try {
      await disposer();
    } catch (error) {
      console.error('while cleaning up:', error);
    }
  }
}

/** Runs a script's main function; sets the exit code and leaves nothing running behind. */
export async function runMain(main: () => Promise<number>): Promise<never> {
  let exitCode = 1;
  try {
    exitCode = await main();
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
  } finally {
    await cleanUp();
  }
  process.exit(exitCode);
}

/** Something the user can mend; shown as its message alone, without a stack. */
export class UserError extends Error {}

function watchSignals(): void {
  if (signalsWatched) return;
  signalsWatched = true;
  const signalNumber = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
  for (const [signal, number] of Object.entries(signalNumber)) {
    process.once(signal, () => {
      void cleanUp().then(() => process.exit(128 + number));
    });
  }
}
