import { expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '#server/sync/limits.ts'
import { GroupCommit } from '#server/sync/log/group-commit.ts'
import { draftAddress, silent } from './harness.ts'
import { turns } from './room-harness.ts'

test('R4: what is queued at whatever moment of the end of a batch is committed too', async () => {
  const { name: document } = draftAddress()
  const entry = { document, data: Uint8Array.of(0, 0), author: null, clients: [], suggestions: [] }
  for (let moment = 0; moment < 12; moment += 1) {
    const appender = new GroupCommit(
      { append: async (entries) => entries.map((_, index) => index + 1) },
      { ...DEFAULT_LIMITS, gather: 0 },
      silent,
    )
    const committed: string[] = []
    const later = { committed: () => committed.push('later'), gone: () => {} }
    const first = {
      committed: async () => {
        committed.push('first')
        for (let wait = 0; wait < moment; wait += 1) await null
        appender.enqueue(entry, later)
      },
      gone: () => {},
    }
    appender.enqueue(entry, first)
    await turns(6)
    expect(committed, `queued ${moment} microtasks later`).toEqual(['first', 'later'])
    expect(appender.waiting).toBe(0)
  }
})
