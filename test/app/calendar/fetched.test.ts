import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openDraftFaces, openPast } from '#app/(newsroom)/calendar/_components/calendar-fetched.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { slot, slotId } from './planned.ts'

const draft = (number: number) => slotId(number) as string as DraftId
const face = (id: DraftId, title: string) => ({ id, title, stage: 'idea' as const, archived: false })
const SUMMARY: DraftSummary = {
  id: '',
  title: '',
  excerpt: '',
  wordCount: 0,
  stage: 'idea',
  createdBy: null,
  lastEditor: null,
  lastEditedAt: '2026-11-24T12:00:00Z',
  archivedAt: null,
}
const newsOf = (id: DraftId, title: string) => ({
  type: 'draft' as const,
  draft: { ...SUMMARY, id, title, stage: 'approved' as const },
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const soon = () => vi.advanceTimersByTimeAsync(50)

describe('the drafts of slots', () => {
  test('are asked for once, together, and then follow the news', async () => {
    const ask = vi.fn(async (ids: readonly DraftId[]) => ids.map((id) => face(id, 'Titre')))
    const drafts = openDraftFaces(ask)
    drafts.want([draft(1)])
    drafts.want([draft(1), draft(2)])
    await soon()
    expect(ask.mock.calls).toEqual([[[draft(1), draft(2)]]])
    drafts.hear(newsOf(draft(1), 'Nouveau titre'))
    expect(drafts.cell.get().get(draft(1))).toEqual({ ...face(draft(1), 'Nouveau titre'), stage: 'approved' })
    drafts.hear(newsOf(draft(3), 'Inconnu'))
    await soon()
    expect(drafts.cell.get().size).toBe(2)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  test('are all asked for again when the link is back', async () => {
    let title = 'Avant'
    const drafts = openDraftFaces(async (ids) => ids.map((id) => face(id, title)))
    drafts.want([draft(1)])
    await soon()
    title = 'Après'
    drafts.hear({ type: 'returned' })
    await soon()
    expect(drafts.cell.get().get(draft(1))?.title).toBe('Après')
  })

  test('that could not be asked for are asked for when the link is back', async () => {
    let reachable = false
    const drafts = openDraftFaces(async (ids) => (reachable ? ids.map((id) => face(id, 'Enfin')) : null))
    drafts.want([draft(1)])
    await soon()
    expect(drafts.cell.get().size).toBe(0)
    reachable = true
    drafts.hear({ type: 'returned' })
    await soon()
    expect(drafts.cell.get().get(draft(1))?.title).toBe('Enfin')
  })

  test('beyond what one question may ask are asked for in several', async () => {
    const ask = vi.fn(async (ids: readonly DraftId[]) => ids.map((id) => face(id, 'x')))
    const drafts = openDraftFaces(ask)
    drafts.want(Array.from({ length: 1200 }, (_, at) => draft(at)))
    await vi.advanceTimersByTimeAsync(500)
    expect(ask.mock.calls.map(([ids]) => ids.length)).toEqual([500, 500, 200])
    expect(drafts.cell.get().size).toBe(1200)
  })
})

describe('the archive of a page', () => {
  const archive = (rows: readonly Slot[]) => {
    const ask = vi.fn(async (from: string, to: string) =>
      rows.filter(({ time }) => time.kind === 'allDay' && time.date >= from && time.date <= to),
    )
    return { ask, past: openPast(ask, () => '2026-11-24') }
  }

  test('is asked for by months, only those that can have one, and once', async () => {
    const { ask, past } = archive([slot(1, '2026-09-10', null)])
    past.want('2026-08-30', '2026-11-05')
    past.want('2026-09-01', '2026-10-03')
    await soon()
    expect(ask.mock.calls).toEqual([
      ['2026-08-01', '2026-08-31'],
      ['2026-09-01', '2026-09-30'],
    ])
    expect([...past.cell.get().keys()]).toEqual([slotId(1)])
  })

  test('is read again where it is shown when the newsroom says that it changed', async () => {
    const rows = [slot(1, '2026-09-10', null)]
    const { ask, past } = archive(rows)
    past.want('2026-07-01', '2026-07-31')
    past.want('2026-09-01', '2026-09-30')
    await soon()
    rows.push(slot(2, '2026-09-11', null))
    ask.mockClear()
    past.hear({ type: 'calendar' })
    await soon()
    expect(ask.mock.calls).toEqual([['2026-09-01', '2026-09-30']])
    expect(past.cell.get().has(slotId(2))).toBe(true)
    past.want('2026-07-01', '2026-07-31')
    await soon()
    expect(ask).toHaveBeenCalledTimes(2)
  })
})
