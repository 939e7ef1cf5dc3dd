import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const PROCESS = join(import.meta.dirname, 'open-and-leave-process.ts')
const DOCUMENTS = 500

test('R3: a document of 20 kB that is open and at rest takes less than 80 kB, and nothing once all have left', async () => {
  const { stdout } = await run(process.execPath, ['--expose-gc', PROCESS, String(DOCUMENTS)])
  const { open, after } = JSON.parse(stdout)
  // Below this the document would not be there at all.
  expect(open).toBeGreaterThan(10_000)
  expect(open).toBeLessThan(80_000)
  // One document in ten that stayed, as bytes, would be more than this.
  expect(after).toBeLessThan((DOCUMENTS / 10) * 20_000)
}, 60_000)
