import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { removeSlot, setFields, skipDay } from '#lib/documents/calendar/edits.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { readInWorker } from '#server/calendar/ics/read-in-worker.ts'
import { createTransfer } from '#server/calendar/transfer.ts'
import type { Database } from '#server/db/database.ts'
import { granted } from '#test/server/drafts/desk.ts'
import { bytesOf, calendar, event, googleExport, TORONTO } from './ics.ts'
import { freshNewsroom, NOW, type OpenNewsroom, openNewsroom } from './newsroom.ts'

let database: Database
let newsroom: OpenNewsroom
let editor: Actor
let transfer: ReturnType<typeof transferOf>
const transferOf = (open: OpenNewsroom, base: Database, hold = open.sync.hold) =>
  createTransfer({
    database: base,
    events: { publish: open.publish },
    hold,
    publicUrl: new URL('https://pupitre.example'),
    now: () => NOW.getTime(),
  })

// Each test has a newsroom of its own: what is imported once is known for good.
beforeEach(async () => {
  database = await freshNewsroom()
  newsroom = await openNewsroom({ database })
  editor = await newsroom.person('editor')
  transfer = transferOf(newsroom, database)
})
const open: OpenNewsroom[] = []
beforeEach(() => {
  open.push(newsroom)
})
afterAll(async () => {
  for (const one of open) await one.close()
})

const quiet = () => {}
const bring = async (file: Uint8Array | string, by: Actor | 'operator' = editor, onProgress = quiet) =>
  granted(await transfer.import(by, typeof file === 'string' ? bytesOf(file) : file, onProgress))

const slots = async () => (await newsroom.rows()).map((row) => row.slot)
const titled = async (title: string): Promise<Slot> => {
  const found = (await slots()).find((slot) => slot.title === title)
  if (!found) throw new Error(`no slot «${title}»`)
  return found
}
const edit = (id: SlotId, fields: Partial<Slot>) =>
  newsroom.sync.edit(CALENDAR.name, editor.volunteerId, (doc) => setFields(doc, id, fields))

const at = (hour: string, more = '') =>
  `UID:essai\nSUMMARY:Essai\nDTSTART;TZID=America/Toronto:20270405T${hour}00\n${more}`

describe('an export of Google Calendar', () => {
  it('comes in: what is to come into the live calendar, what is past into the archive', async () => {
    const outcome = await bring(await googleExport())
    expect(outcome).toMatchObject({ added: 8, updated: 0, unchanged: 0 })
    expect(outcome.skipped.map(({ title, reason }) => [title, reason])).toEqual([
      ['Entrevue annulée', 'cancelled'],
      ['Rappel aux heures', 'repeatTooOften'],
    ])
    const rows = await newsroom.rows()
    expect(
      rows
        .filter((row) => row.archived)
        .map(({ slot }) => slot.title)
        .toSorted(),
    ).toEqual(['Congé des Fêtes', 'Revue de presse de l’automne'])
    const series = await titled('#FF du vendredi')
    expect(series).toMatchObject({
      time: { kind: 'timed', at: '2026-09-04T16:00:00Z', zone: TORONTO },
      repeat: { freq: 'weekly', weekdays: ['FR'] },
      skipped: ['2026-12-25', '2027-01-01', '2027-03-26', '2027-04-02'],
      note: 'Le #FF de la semaine :\n- trois comptes\n- un mot sur chacun\n\nModèle ici (https://docs.example/ff)',
      stage: 'scheduled',
      createdBy: editor.volunteerId,
    })
    expect(await titled('#FF du Vendredi saint (plus tard)')).toMatchObject({
      partOf: { slot: series.id, day: '2027-03-26' },
    })
    expect(await titled('Gazouillis express')).toMatchObject({
      channels: ['x'],
      tags: ['Campagne'],
      stage: 'idea',
    })
    expect(await titled('Congrès national')).toMatchObject({
      time: { kind: 'allDay', date: '2027-04-01' },
      days: 3,
    })
  })

  it('is shown before anything is written', async () => {
    const file = await googleExport()
    const preview = granted(await transfer.preview(editor, file))
    expect(preview.added.map(({ title }) => title)).toContain('#FF du vendredi')
    expect([preview.added.length, preview.updated.length, preview.skipped.length]).toEqual([8, 0, 2])
    expect(await newsroom.rows()).toEqual([])
    await bring(file)
    const again = granted(await transfer.preview(editor, file))
    expect([again.added, again.updated, again.unchanged]).toEqual([[], [], 8])
  })

  it('adds nothing the second time, whoever imports it', async () => {
    const file = await googleExport()
    await bring(file)
    const before = await newsroom.rows()
    expect(await bring(file, 'operator')).toMatchObject({ added: 0, updated: 0, unchanged: 8 })
    expect(await newsroom.rows()).toEqual(before)
  })

  it('adds each event once when two import it at the same moment', async () => {
    const file = await googleExport()
    const outcomes = await Promise.all([bring(file), bring(file, 'operator')])
    expect(outcomes.map(({ added, unchanged }) => added + unchanged)).toEqual([8, 8])
    expect(await newsroom.rows()).toHaveLength(8)
  })

  it('tells how far it is', async () => {
    const progress: number[][] = []
    const many = Array.from({ length: 450 }, (_, n) =>
      event(`UID:n${n}\nSUMMARY:${n}\nDTSTART:20270405T120000Z`),
    )
    granted(
      await transfer.import(editor, bytesOf(calendar(...many)), (done, of) => progress.push([done, of])),
    )
    expect(progress).toEqual([
      [0, 450],
      [200, 450],
      [400, 450],
      [450, 450],
    ])
  })
})

describe('an event that changed', () => {
  it('brings its slot up to date, and leaves what the newsroom gave it', async () => {
    await bring(calendar(event(at('1200'))))
    const owner = (await newsroom.person('contributor')).volunteerId
    const { id } = await titled('Essai')
    await edit(id, { owner, channels: ['blog'], tags: ['campagne'], stage: 'approved' })
    const outcome = await bring(calendar(event(at('1530', 'DURATION:PT2H\nCATEGORIES:Été\nDESCRIPTION:Mot'))))
    expect(outcome).toMatchObject({ added: 0, updated: 1 })
    expect(await titled('Essai')).toMatchObject({
      id,
      time: { kind: 'timed', at: '2027-04-05T19:30:00Z', zone: TORONTO },
      minutes: 120,
      note: 'Mot',
      owner,
      channels: ['blog'],
      tags: ['campagne', 'Été'],
      stage: 'approved',
    })
  })

  it('does not bring back occurrences that were taken out here, nor titles that a draft has', async () => {
    await bring(calendar(event(at('1200', 'RRULE:FREQ=WEEKLY'))))
    const { id } = await titled('Essai')
    await edit(id, { draft: '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a' as Slot['draft'], title: 'Autre' })
    await newsroom.sync.edit(CALENDAR.name, editor.volunteerId, (doc) => skipDay(doc, id, '2027-04-12'))
    await bring(calendar(event(at('1300', 'RRULE:FREQ=WEEKLY'))))
    expect(await titled('Autre')).toMatchObject({
      time: { at: '2027-04-05T17:00:00Z' },
      skipped: ['2027-04-12'],
    })
  })

  it('takes its series’ day when it comes alone, after the series', async () => {
    await bring(calendar(event(at('1200', 'RRULE:FREQ=WEEKLY'))))
    const instead = `UID:essai\nSUMMARY:Plus tard\nRECURRENCE-ID;TZID=America/Toronto:20270412T120000\nDTSTART:20270413T120000Z`
    const cancelled = `UID:essai\nSUMMARY:Essai\nRECURRENCE-ID;TZID=America/Toronto:20270419T120000\nDTSTART;TZID=America/Toronto:20270419T120000\nSTATUS:CANCELLED`
    const file = calendar(event(instead), event(cancelled))
    expect(await bring(file)).toMatchObject({ added: 1, updated: 1, skipped: [] })
    const series = await titled('Essai')
    expect(series.skipped).toEqual(['2027-04-12', '2027-04-19'])
    expect(await titled('Plus tard')).toMatchObject({ partOf: { slot: series.id, day: '2027-04-12' } })
    expect(await bring(file)).toMatchObject({ added: 0, updated: 0, unchanged: 2 })
  })

  it('of the archive is changed there, or comes back with its new day', async () => {
    const past = (day: string, title: string) =>
      calendar(event(`UID:p\nSUMMARY:${title}\nDTSTART;VALUE=DATE:${day}`))
    await bring(past('20260901', 'Passé'))
    expect(await bring(past('20260902', 'Passé'))).toMatchObject({ added: 0, updated: 1 })
    expect(await newsroom.rows()).toMatchObject([{ archived: true, slot: { time: { date: '2026-09-02' } } }])
    expect(await bring(past('20270501', 'À venir'))).toMatchObject({ added: 0, updated: 1 })
    expect(await newsroom.rows()).toMatchObject([{ archived: false, slot: { title: 'À venir' } }])
  })

  it('is the slot that a file of ours was written from', async () => {
    await bring(calendar(event(at('1200', 'RRULE:FREQ=WEEKLY;COUNT=4'))))
    const before = await slots()
    const { text } = await transfer.export(editor, { from: null, to: null, channel: null }, 'ics')
    expect(await bring(text)).toMatchObject({ added: 0, updated: 0, unchanged: 1 })
    const [slot] = before
    if (!slot) throw new Error('a slot')
    await newsroom.sync.edit(CALENDAR.name, editor.volunteerId, (doc) => removeSlot(doc, slot.id))
    expect(await bring(text)).toMatchObject({ added: 1 })
    expect(await slots()).toEqual(before)
  })
})

describe('an import that is interrupted', () => {
  it.each([0, 1, 2, 3, 4])(
    'after part %i is completed by the next one, and doubles nothing',
    async (parts) => {
      const days = (n: number) => (n % 2 ? '20260905' : '20270405')
      const many = Array.from({ length: 1200 }, (_, n) =>
        event(`UID:n${n}\nSUMMARY:${n}\nDTSTART;VALUE=DATE:${days(n)}`),
      )
      const file = bytesOf(calendar(...many))
      let told = 0
      const cut = transfer.import(editor, file, () => {
        if (told === parts) throw new Error('interrupted')
        told += 1
      })
      await expect(cut).rejects.toThrow('interrupted')
      const half = (await newsroom.rows()).length
      expect(half).toBeLessThan(1200)
      const outcome = await bring(file)
      expect(outcome).toMatchObject({ added: 1200 - half, unchanged: half, updated: 0 })
      const rows = await newsroom.rows()
      expect(rows).toHaveLength(1200)
      expect(new Set(rows.map(({ slot }) => slot.uid)).size).toBe(1200)
    },
  )

  it('by a room that is closed says that it is not done', async () => {
    const closed = transferOf(newsroom, database, async () => ({ ok: false, error: 'unavailable' }))
    const outcome = await closed.import(editor, bytesOf(calendar(event(at('1200')))), quiet)
    expect(outcome).toEqual({ ok: false, error: 'unavailable' })
  })
})

describe('rights', () => {
  it('let editors and coordinators import, and nobody else', async () => {
    const file = bytesOf(calendar(event(at('1200'))))
    for (const role of ['contributor', 'reader'] as const) {
      const actor = await newsroom.person(role)
      expect(await transfer.import(actor, file, quiet)).toEqual({ ok: false, error: 'forbidden' })
      expect(await transfer.preview(actor, file)).toEqual({ ok: false, error: 'forbidden' })
    }
    expect(await newsroom.rows()).toEqual([])
    await bring(calendar(event(at('1200'))), await newsroom.person('coordinator'))
    expect(await newsroom.rows()).toHaveLength(1)
  })

  it('leave what a coordinator locked where it is', async () => {
    await bring(calendar(event(at('1200'))))
    const coordinator = await newsroom.person('coordinator')
    granted(await newsroom.calendar.lock(coordinator, { type: 'day', day: '2027-04-05' }, 'scrutin'))
    const file = calendar(event(at('1500')), event('UID:b\nSUMMARY:Autre\nDTSTART:20270405T150000Z'))
    const outcome = await bring(file)
    expect(outcome).toMatchObject({ added: 0, updated: 0 })
    expect(outcome.skipped.map(({ reason }) => reason)).toEqual(['locked', 'locked'])
    expect(await titled('Essai')).toMatchObject({ time: { at: '2027-04-05T16:00:00Z' } })
    expect(await bring(file, coordinator)).toMatchObject({ added: 1, updated: 1, skipped: [] })
  })

  it('say whose slots they are: those of nobody where the machine’s holder imports', async () => {
    await bring(calendar(event(at('1200'))), 'operator')
    expect((await titled('Essai')).createdBy).toBeNull()
    expect((await slots()).map(({ createdBy }) => createdBy as VolunteerId | null)).toEqual([null])
  })
})

describe('a file that is too much', () => {
  it('of 50 MB is refused', async () => {
    expect(await transfer.import(editor, new Uint8Array(50 * 1024 * 1024), quiet)).toEqual({
      ok: false,
      error: 'tooLarge',
    })
  })

  it('of 10,000 events comes in while the server goes on answering', { timeout: 120_000 }, async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => {
      const year = n < 9000 ? 2017 + (n % 9) : 2027
      const day = `${year}${String(4 + (n % 9)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}`
      return event(
        `UID:n${n}\nSUMMARY:Publication ${n}\nDTSTART;TZID=America/Toronto:${day}T120000\nDESCRIPTION:<b>Mot</b> ${n}`,
      )
    })
    let longest = 0
    let last = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    const outcome = await bring(calendar(...many))
    clearInterval(beat)
    expect(outcome).toMatchObject({ added: 10_000, skipped: [] })
    expect(longest).toBeLessThan(5000)
    const rows = await newsroom.rows()
    expect(rows.filter(({ archived }) => archived)).toHaveLength(9000)
  })

  it('that would take for ever, or all memory, is given up', async () => {
    const file = bytesOf(
      calendar(...Array.from({ length: 15_000 }, (_, n) => event(`UID:${n}\n${at('1200')}`))),
    )
    expect(await readInWorker(file, TORONTO, { patience: 50, heapMb: 256 })).toEqual({
      ok: false,
      error: 'tooLarge',
    })
    const huge = bytesOf(
      calendar(event(`UID:a\nDESCRIPTION:${'x\n '.repeat(5_000_000)}\nDTSTART:20270405T120000Z`)),
    )
    expect(await readInWorker(huge, TORONTO, { patience: 30_000, heapMb: 12 })).toMatchObject({ ok: false })
  })
})
