import { defineConfig } from 'vitest/config';

/** Tests of the graph's page in Chromium. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    setupFiles: ['../setup/seed.ts'],
    pool: 'forks',
    // Each file has a browser of its own; more than one at a time slow each other down.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
