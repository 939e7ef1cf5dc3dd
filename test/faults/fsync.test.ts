import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { parseDocumentName } from '#lib/documents/registry.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { until } from '#test/server/sync/harness.ts'
import { scratchFolder } from '#test/support/tenant.ts'
import { length, long } from './length.ts'
import { cookieOf, MarkWriter } from './mark-writer.ts'
import { report } from './report.ts'
import { flushesBefore, needStrace, straceTo } from './trace.ts'

const EDITS = length({ short: 100, long: 5000 })
/** Barriers with numbers that no other bytes on a socket are likely to be. */
const FIRST = 1_000_000

beforeAll(needStrace)

const said = z.object({
  port: z.number(),
  document: z.string().transform((text) => parseDocumentName(text)?.name),
  volunteerId: z.string().transform((id) => id as VolunteerId),
  method: z.string(),
})

/** Rooms and their PostgreSQL under strace. @returns what they said, and how to end them and read the trace */
async function traced(mode: 'on' | 'off') {
  const folder = await scratchFolder()
  // PostgreSQL’s own user passes through it.
  chmodSync(folder, 0o755)
  const file = join(folder, 'trace')
  const program = join(import.meta.dirname, 'fsync-process.ts')
  const child = spawn('strace', [...straceTo(file), process.execPath, program, join(folder, 'data'), mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  return {
    ...said.parse(JSON.parse(line)),
    end: async () => {
      const exit = once(child, 'exit')
      child.stdin.write('\n')
      await exit
      return readFileSync(file, 'latin1').split('\n')
    },
  }
}

/** One edit after the other: the next one is typed in the turn in which the last one is acknowledged. */
async function typeOneByOne(port: number, writer: MarkWriter, edits: number): Promise<void> {
  writer.open(port)
  await until('the document is there', () => writer.synced, 20_000)
  for (let count = 1; count <= edits; count += 1) {
    writer.type()
    while (writer.saved.size < count) await new Promise((resolve) => setImmediate(resolve))
  }
  writer.close()
}

test.each(long ? (['on', 'off'] as const) : (['off'] as const))(
  `R4: each of ${EDITS} acknowledgements leaves after its WAL is flushed, where synchronous_commit is %s`,
  { timeout: 600_000 },
  async (mode) => {
    const rooms = await traced(mode)
    expect(rooms.method).toBe(`fdatasync on ${mode}`)
    const { document } = rooms
    if (document === undefined) throw new Error('no document')
    const writer = new MarkWriter({
      name: 'a',
      cookie: cookieOf(rooms),
      document,
      every: null,
      firstBarrier: FIRST,
    })
    await typeOneByOne(rooms.port, writer, EDITS)
    const lines = await rooms.end()
    const asked = Array.from({ length: EDITS }, (_, index) => FIRST + index)
    const verdict = flushesBefore(lines, asked)
    report(`fsync before the acknowledgement, synchronous_commit ${mode}`, {
      ...verdict,
      early: verdict.early.length,
    })
    expect(verdict.acknowledged).toBe(EDITS)
    expect(verdict.early).toEqual([])
    // The same trace as of a PostgreSQL that does not flush: that would be seen.
    const unflushed = lines.filter((line) => !/fdatasync|fsync/.test(line))
    expect(flushesBefore(unflushed, asked).early).toHaveLength(EDITS)
  },
)
