import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { volunteers } from '#drizzle/schema/index.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { createTransfer } from '#server/calendar/transfer.ts'
import type { CalendarFormat, Transfer } from '#server/calendar/types.ts'
import type { Database } from '#server/db/database.ts'
import { repeat, slot } from '#test/lib/domain/calendar/arbitraries.ts'
import { newSlotId } from '#test/server/sync/guard-harness.ts'
import { linesOf, TORONTO } from './ics.ts'
import { freshNewsroom, NOW, type OpenNewsroom, openNewsroom } from './newsroom.ts'

let database: Database
let newsroom: OpenNewsroom
let transfer: Transfer
const made: Record<string, Slot> = {}
beforeAll(async () => {
  database = await freshNewsroom()
  newsroom = await openNewsroom({ database })
  transfer = createTransfer({
    database,
    events: { publish: newsroom.publish },
    hold: newsroom.sync.hold,
    publicUrl: new URL('https://pupitre.example'),
    now: () => NOW.getTime(),
  })
  const owner = (await newsroom.person('editor', 'Bérengère Lafleur')).volunteerId
  const plan = (title: string, fields: Partial<Slot>) => {
    made[title] = slot({ id: newSlotId(), title, owner, createdBy: owner, ...fields })
  }
  plan('Mars', { time: timedAt('2027-03-20', '23:30', TORONTO), minutes: 60, channels: ['blog', 'x'] })
  plan('Avril', { time: { kind: 'allDay', date: '2027-04-05' }, days: 2, channels: ['facebook'] })
  plan('=HYPERLINK("http://x")', {
    time: timedAt('2027-04-10', '08:00', 'Europe/Paris'),
    note: '"deux"\nlignes',
    tags: ['@moi', 'b'],
  })
  plan('Chaque vendredi', {
    time: timedAt('2027-03-05', '12:00', TORONTO),
    repeat: repeat({ end: { until: '2027-03-26' } }),
    skipped: ['2027-03-12'],
  })
  plan('Chaque année', { time: timedAt('2020-06-24', '12:00', TORONTO), repeat: repeat({ freq: 'yearly' }) })
  await newsroom.plan(...Object.values(made))
  await newsroom.rows()
})
afterAll(() => newsroom.close())

const all = { from: null, to: null, channel: null }
const out = (format: CalendarFormat, filter: Partial<typeof all> | object = {}) =>
  transfer.export('operator', { ...all, ...filter }, format)
const titlesIn = (text: string) => linesOf(text).flatMap((line) => /^SUMMARY:(.*)/.exec(line)?.[1] ?? [])
const cellsOf = (text: string) =>
  text
    .slice(1)
    .trimEnd()
    .split(/\r\n/)
    .map((line) => line.split(','))

describe('what is taken out', () => {
  it('is what touches the days that were asked for, both included', async () => {
    const titles = async (from: string | null, to: string | null) =>
      titlesIn((await out('ics', { from, to })).text).toSorted()
    expect(await titles(null, null)).toHaveLength(5)
    expect(await titles('2027-03-21', '2027-03-21')).toEqual(['Mars'])
    expect(await titles('2027-04-06', '2027-04-06')).toEqual(['Avril'])
    expect(await titles('2027-04-07', '2027-04-09')).toEqual([])
    expect(await titles('2027-03-12', '2027-03-12')).toEqual([])
    expect(await titles('2027-03-19', '2027-03-19')).toEqual(['Chaque vendredi'])
    expect(await titles('2040-06-24', '2040-06-24')).toEqual(['Chaque année'])
    expect(await titles(null, '2020-06-24')).toEqual(['Chaque année'])
  })

  it('is of a channel where one is named', async () => {
    expect(titlesIn((await out('ics', { channel: 'x' })).text)).toEqual(['Mars'])
  })

  it('names no volunteer, in any format', async () => {
    const everybody = await database.orm.select().from(volunteers)
    expect(everybody.length).toBeGreaterThan(0)
    for (const format of ['ics', 'csv', 'json'] as const) {
      const { text } = await out(format)
      for (const { id, name, email } of everybody) {
        for (const secret of [id, email, ...name.split(' ')]) expect(text).not.toContain(secret)
      }
    }
  })

  it('may be asked for from year 0 to year 9999', async () => {
    const empty = { from: '0000-01-01', to: '0000-12-31' }
    for (const format of ['ics', 'csv', 'json'] as const) {
      expect((await out(format, { from: '0000-01-01', to: '9999-12-31' })).text).toContain('Mars')
      expect((await out(format, empty)).text).not.toContain('Mars')
    }
  })

  it('has a name and a type of its own', async () => {
    expect(await out('csv', { from: '2027-03-01', to: '2027-03-31' })).toMatchObject({
      filename: 'calendrier-2027-03-01-2027-03-31.csv',
      type: 'text/csv; charset=utf-8',
    })
    expect(await out('ics')).toMatchObject({
      filename: 'calendrier.ics',
      type: 'text/calendar; charset=utf-8',
    })
  })
})

describe('the table', () => {
  it('has a line for each time at which something takes place, by the newsroom’s clock', async () => {
    const { text } = await out('csv', { from: '2027-03-01', to: '2027-04-09' })
    expect(text.startsWith('\ufeffdate,start,end_date,end,zone,title,')).toBe(true)
    expect(
      cellsOf(text)
        .slice(1)
        .map((cells) => cells.slice(0, 6).join(' ')),
    ).toEqual([
      '2027-03-05 12:00 2027-03-05 12:30 America/Toronto Chaque vendredi',
      '2027-03-19 12:00 2027-03-19 12:30 America/Toronto Chaque vendredi',
      '2027-03-20 23:30 2027-03-21 00:30 America/Toronto Mars',
      '2027-03-26 12:00 2027-03-26 12:30 America/Toronto Chaque vendredi',
      '2027-04-05  2027-04-06  America/Toronto Avril',
    ])
    const later = await out('csv', { from: '2027-04-10' })
    expect(later.text).toContain('2027-06-24,12:00')
    expect(later.text).not.toContain('2028-06-24')
  })

  it('runs nothing in a spreadsheet, and keeps quotes and lines', async () => {
    const { text } = await out('csv', { from: '2027-04-10', to: '2027-04-10' })
    expect(text).toContain(`,"'=HYPERLINK(""http://x"")",Facebook,"'@moi, b",idea,"""deux""\nlignes",`)
    expect(text).toContain('2027-04-10,02:00,2027-04-10,02:30,America/Toronto')
  })
})

describe('the JSON', () => {
  it('says everything of a slot but whose it is', async () => {
    const { text } = await out('json', { channel: 'blog' })
    const { id, owner: _, createdBy: __, ...rest } = made.Mars ?? slot()
    expect(JSON.parse(text)).toEqual({
      newsroom: 'Essai',
      zone: TORONTO,
      slots: [
        { id, ...rest, updatedAt: expect.any(String), url: `https://pupitre.example/calendar?slot=${id}` },
      ],
    })
  })
})
