import { describe, expect, test } from 'vitest'
import { asRead, noticeDays, withFetched } from '#app/(newsroom)/inbox/_components/notice-days.ts'
import { parseNotificationId } from '#lib/domain/ids.ts'
import type { NotificationView } from '#lib/protocol/inbox.ts'

function notice(n: number, at: string, readAt: string | null = null): NotificationView {
  const id = parseNotificationId(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
  if (!id) throw new Error('no id')
  const nothing = { by: null, draft: null, slot: null, threadId: null, commentId: null, reviewId: null }
  return { id, kind: 'reply', at, readAt, excerpt: '', ...nothing }
}

const NOW = '2026-11-24T18:00:00.000Z'
const one = notice(1, '2026-11-23T12:00:00.000Z')
const two = notice(2, '2026-11-24T12:00:00.000Z')
const three = notice(3, '2026-11-24T12:00:00.000Z')
const ids = (notices: readonly NotificationView[]) => notices.map(({ id }) => Number(id.slice(-3)))

describe('the lines of the inbox', () => {
  test('stand under the day on which they came, in their order', () => {
    const days = noticeDays([three, two, one], (at) => at.slice(0, 10))
    expect(days.map(({ day, notices }) => [day, ids(notices)])).toEqual([
      ['2026-11-24', [3, 2]],
      ['2026-11-23', [1]],
    ])
    expect(noticeDays([], String)).toEqual([])
  })

  test('take what arrives at its place, each once, as it was said last', () => {
    expect(ids(withFetched([two, one], [three]))).toEqual([3, 2, 1])
    expect(ids(withFetched([three, one], [two]))).toEqual([3, 2, 1])
    const read = { ...two, readAt: NOW }
    expect(withFetched([three, two, one], [read])[1]).toBe(read)
    expect(ids(withFetched([], []))).toEqual([])
  })

  test('keep the moment at which they were read first', () => {
    const early = notice(4, one.at, '2026-11-23T13:00:00.000Z')
    const lines = asRead([two, early], () => true, NOW)
    expect(lines.map(({ readAt }) => readAt)).toEqual([NOW, '2026-11-23T13:00:00.000Z'])
    expect(asRead([two], () => false, NOW)[0]).toBe(two)
  })
})
