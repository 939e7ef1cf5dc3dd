import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Faults at full length: npm run test:faults.
    exclude: ['test/browser/**', 'test/faults/long/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A busy machine may take seconds over what is awaited; it costs nothing where it comes at once.
    expect: { poll: { timeout: 10_000 } },
    globalSetup: ['test/support/global-database.ts'],
    setupFiles: ['test/support/same-seed.ts'],
    maxWorkers: 2,
  },
})
