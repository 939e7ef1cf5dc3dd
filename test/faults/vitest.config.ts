import { defineConfig } from 'vitest/config'

/**
 * `npm run test:faults`: the fault tests at full length, one file after the other, those of test/faults/long too.
 * A part of them: `npm run test:faults -- deaths`.
 */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    env: { FAULTS: 'long' },
    testTimeout: 30 * 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    globalSetup: ['test/support/global-database.ts'],
    setupFiles: ['test/support/same-seed.ts'],
    fileParallelism: false,
    maxWorkers: 1,
  },
})
