import { defineConfig } from 'vitest/config';

/** The fast loop: pure tests of every layer, no process, browser or editor. */
export default defineConfig({
  test: {
    include: [
      '*/test/**/*.test.ts',
      'test/conformance/**/*.test.ts',
      'test/examples/**/*.test.ts',
      'test/manifest/**/*.test.ts',
    ],
    exclude: ['node_modules/**', 'test/host/**', 'test/protocol/**'],
    setupFiles: ['test/setup/seed.ts'],
    pool: 'threads',
    isolate: false,
    // A bound for what hangs; a slow machine is not a failure.
    testTimeout: 120_000,
    reporters: process.env['CI'] === 'true' ? ['default'] : ['dot'],
  },
});
