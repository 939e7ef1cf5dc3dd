import { describe, expect, test } from 'vitest'
import { lockIndex, lockOf } from '#app/(newsroom)/calendar/_components/days/day-lock-index.ts'
import { feedAddress } from '#app/(newsroom)/calendar/_components/exchange/feed-dialog-scope.ts'
import { jsonLines } from '#app/(newsroom)/calendar/_components/exchange/import-lines.ts'
import { slotsThatMatch } from '#app/(newsroom)/calendar/_components/filters/filters-shown.ts'
import { readSettings } from '#app/(newsroom)/calendar/_components/settings/settings-dialog-form.ts'
import { parseFilter } from '#lib/domain/calendar/filter.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { planned, slot, slotId } from './planned.ts'

const DRAFT = '11111111-0000-4000-8000-000000000001' as string as DraftId

describe('lines of JSON from a stream', () => {
  const read = async (pieces: readonly Uint8Array[]) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece)
        controller.close()
      },
    })
    const lines: unknown[] = []
    for await (const line of jsonLines(body)) lines.push(line)
    return lines
  }

  test('are whole wherever the network cuts them, within a letter too', async () => {
    const bytes = new TextEncoder().encode('{"title":"Été"}\n\n{"done":2}\n{"last":true}')
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await read([bytes.slice(0, cut), bytes.slice(cut)])).toEqual([
        { title: 'Été' },
        { done: 2 },
        { last: true },
      ])
    }
  })

  test('of nothing are none', async () => {
    expect(await read([])).toEqual([])
  })
})

describe('the settings that are typed', () => {
  const typed = {
    zone: 'America/Toronto',
    quiet: true,
    quietFrom: '22:00',
    quietTo: '06:30',
    minGapMinutes: '30',
    silentDays: '3',
  }

  test('are read as minutes and numbers', () => {
    expect(readSettings(typed)).toEqual({
      ok: true,
      value: { zone: 'America/Toronto', quietFrom: 1320, quietTo: 390, minGapMinutes: 30, silentDays: 3 },
    })
  })

  test('have no quiet hours where the box is not ticked, whatever the fields hold', () => {
    expect(readSettings({ ...typed, quiet: false })).toMatchObject({
      value: { quietFrom: null, quietTo: null },
    })
  })

  test.each([
    [{ quietTo: '22:00' }, 'quietFrom'],
    [{ quietFrom: '' }, 'quietFrom'],
    [{ minGapMinutes: '-1' }, 'minGapMinutes'],
    [{ minGapMinutes: '1441' }, 'minGapMinutes'],
    [{ silentDays: '1e3' }, 'silentDays'],
    [{ silentDays: '' }, 'silentDays'],
  ])('with %o are refused beside their field', (wrong, field) => {
    const read = readSettings({ ...typed, ...wrong })
    expect(read.ok ? {} : read.fields).toHaveProperty(field)
  })
})

test('the address of a feed says what it shows, and its secret stays', () => {
  const url = 'https://pupitre.example/api/calendar/s3cret.ics'
  expect(feedAddress(url, { only: 'all', channel: null })).toBe(url)
  expect(feedAddress(url, { only: 'mine', channel: 'instagram' })).toBe(`${url}?only=mine&channel=instagram`)
})

test('a slot is found by the title and the stage of its draft, which is what everybody sees', () => {
  const slots = [slot(1, '2026-11-22', '09:00', { draft: DRAFT }), slot(2, '2026-11-22', '09:00')]
  const drafts = new Map([
    [DRAFT, { id: DRAFT, title: 'Mémoire', stage: 'approved' as const, archived: false }],
  ])
  const ids = (query: string) =>
    slotsThatMatch(slots, parseFilter(new URLSearchParams(query)), drafts).map(({ id }) => id)
  expect(ids('q=memoire')).toEqual([slotId(1)])
  expect(ids('status=approved')).toEqual([slotId(1)])
  expect(ids('status=idea')).toEqual([slotId(2)])
})

describe('the lock of an occurrence', () => {
  const lock = (target: Parameters<typeof lockIndex>[0][number]['target']) => ({
    target,
    by: null,
    at: '',
    reason: '',
  })
  const at = (locks: Parameters<typeof lockIndex>[0]) => {
    const late = slot(1, '2026-11-22', '23:30', { minutes: 60 })
    const [occurrence] = planned([late], '2026-11-20', '2026-11-30')
    return occurrence ? lockOf(occurrence, lockIndex(locks)) : undefined
  }

  test('is its slot’s, or that of the day on which it begins', () => {
    expect(at([lock({ type: 'slot', slot: slotId(1) })])).not.toBeNull()
    expect(at([lock({ type: 'day', day: '2026-11-22' })])).not.toBeNull()
  })

  test('is not that of another slot, nor of a later day that it reaches into', () => {
    expect(at([lock({ type: 'slot', slot: slotId(2) })])).toBeNull()
    expect(at([lock({ type: 'day', day: '2026-11-23' })])).toBeNull()
  })
})
