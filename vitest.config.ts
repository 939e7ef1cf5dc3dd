import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Faults at full length: npm run test:faults.
    exclude: ['test/browser/**', 'test/faults/long/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/global-database.ts'],
    setupFiles: ['test/support/same-seed.ts'],
    maxWorkers: 2,
  },
})
