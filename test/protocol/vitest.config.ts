import { defineConfig } from 'vitest/config';

/** Tests that talk to the real server and adapter processes. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    setupFiles: ['../setup/seed.ts'],
    pool: 'forks',
    testTimeout: 120_000,
  },
});
