import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { cell } from '#app/_collab/cell.ts'
import type { CalendarModel } from '#app/(newsroom)/calendar/_components/model.ts'
import { askScope } from '#app/(newsroom)/calendar/_components/move/scope-dialog.tsx'
import {
  changeOccurrence,
  detachOccurrence,
  removeOccurrence,
} from '#app/(newsroom)/calendar/_components/move/scope-dialog-acts.ts'
import { putSlot, removeSlot, setFields } from '#lib/documents/calendar/edits.ts'
import { calendarKind } from '#lib/documents/calendar/shape.ts'
import { DEFAULT_SETTINGS } from '#lib/domain/calendar/settings.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { parseVolunteerId, type SlotId } from '#lib/domain/ids.ts'
import { planned, slot, slotId, weekly, ZONE } from './planned.ts'

const me = parseVolunteerId('00000000-0000-4000-8000-0000000000a1')
if (!me) throw new Error('an id')

/** What these acts use of a page: its slots, its edits, and who is there. */
function page(...slots: readonly Slot[]) {
  const doc = new Y.Doc()
  for (const one of slots) putSlot(doc, one)
  const read = () => new Map<SlotId, Slot>(calendarKind.read(doc).slots.map((one) => [one.id, one]))
  const live = cell<ReadonlyMap<SlotId, Slot>>(read())
  doc.on('afterTransaction', () => live.set(read()))
  const steps: (string | null)[] = []
  const model = {
    live,
    actor: { volunteerId: me, role: 'editor', locale: 'fr' },
    settings: { ...DEFAULT_SETTINGS, zone: ZONE },
    edit(said: string | null, change: (doc: Y.Doc) => void) {
      steps.push(said)
      doc.transact(() => change(doc))
    },
  } as unknown as CalendarModel
  const days = () => planned([...live.get().values()], '2026-11-20', '2026-12-20').map(({ day }) => day)
  return { doc, model, live, steps, days }
}

const FRIDAY = '2026-11-27'
const fridays = () => slot(1, FRIDAY, '12:00', { repeat: weekly })
const SATURDAY = { time: timedAt('2026-12-05', '12:00', ZONE) }

describe('an act on a slot that does not repeat', () => {
  test('asks nothing, and is one step', async () => {
    const { model, live, steps } = page(slot(1, FRIDAY, '12:00'))
    const made = await changeOccurrence(model, { id: slotId(1), day: FRIDAY }, SATURDAY, 'Déplacé.')
    expect(made).toEqual({ ok: true, id: slotId(1) })
    expect(live.get().get(slotId(1))?.time).toEqual(SATURDAY.time)
    expect(steps).toEqual(['Déplacé.'])
  })

  test('on one that is gone does nothing and says so', async () => {
    const { model, steps } = page()
    const gone = { ok: false, error: 'gone' }
    expect(await changeOccurrence(model, { id: slotId(1), day: FRIDAY }, SATURDAY, 'x')).toEqual(gone)
    expect(await removeOccurrence(model, { id: slotId(1), day: FRIDAY }, 'x')).toEqual(gone)
    expect(await detachOccurrence(model, { id: slotId(1), day: FRIDAY }, 'x')).toEqual(gone)
    expect(steps).toEqual([])
  })
})

describe('a question about a series', () => {
  test('is taken back by the next one, and then nothing happens', async () => {
    const { model, steps } = page(fridays())
    const first = changeOccurrence(model, { id: slotId(1), day: '2026-12-04' }, SATURDAY, 'x')
    const second = askScope('move')
    expect(await first).toEqual({ ok: false, error: 'cancelled' })
    expect(steps).toEqual([])
    void askScope('move')
    expect(await second).toBeNull()
  })
})

describe('one day of a series', () => {
  test('becomes a slot of its own without a question, in one step, and the series goes on', async () => {
    const { model, live, steps, days } = page(fridays())
    const before = days()
    const made = await detachOccurrence(model, { id: slotId(1), day: '2026-12-04' }, null)
    if (!made.ok) throw new Error('it is there')
    expect(made.id).not.toBe(slotId(1))
    expect(live.get().get(made.id)).toMatchObject({
      partOf: { slot: slotId(1), day: '2026-12-04' },
      repeat: null,
      createdBy: me,
    })
    expect(live.get().get(slotId(1))?.skipped).toEqual(['2026-12-04'])
    expect(days()).toEqual(before)
    expect(steps).toEqual([null])
  })

  test('that somebody has just taken out is gone', async () => {
    const { doc, model } = page({ ...fridays(), skipped: ['2026-12-04'] })
    setFields(doc, slotId(1), { title: 'Autre' })
    expect(await detachOccurrence(model, { id: slotId(1), day: '2026-12-04' }, null)).toEqual({
      ok: false,
      error: 'gone',
    })
    removeSlot(doc, slotId(1))
    expect(await detachOccurrence(model, { id: slotId(1), day: FRIDAY }, null)).toEqual({
      ok: false,
      error: 'gone',
    })
  })
})
