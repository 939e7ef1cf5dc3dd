import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { occurrences } from '#lib/domain/calendar/recurrence.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { clockOf, dayOf, timedAt } from '#lib/domain/calendar/time.ts'
import { localClock, localDay, offsetAt } from '#lib/domain/calendar/zone.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { textOf } from '#server/calendar/ics/jcal.ts'
import { readCalendar } from '#server/calendar/ics/read.ts'
import { zoneBlock } from '#server/calendar/ics/zone-block.ts'
import { repeat, repeats, slot, slotId, times, weekly } from '#test/lib/domain/calendar/arbitraries.ts'
import { expanded, linesOf, planned, TORONTO, written } from './ics.ts'

const FROM = '2026-01-01'
const TO = '2027-12-31'
const HOUR = 3_600_000
const END = Date.parse('2029-06-01T00:00:00Z')

const lines = (...slots: readonly Slot[]) => linesOf(written(...slots))

/** Whole days have no zone: ical.js and we are asked about them in UTC. */
const startsOf = (one: Slot) =>
  occurrences(one, 0, END, 'UTC').map(({ start }) => new Date(start).toISOString())

const startsIn = (text: string) => expanded(text, END).map(({ start }) => new Date(start).toISOString())

/**
 * Whether it begins or ends where the clocks change: in an hour that is skipped programs do not agree on what begins,
 * and of an hour that comes twice ical.js takes the second, RFC 5545 (3.3.5) the first.
 */
function meetsChange(one: Slot): boolean {
  const { time } = one
  const clock = clockOf(time)
  if (time.kind === 'allDay' || clock === null) return false
  return occurrences(one, 0, END, 'UTC').some(
    ({ start, end }) =>
      localClock(start, time.zone) !== clock || [start, end].some((ms) => comesTwice(ms, time.zone)),
  )
}

function comesTwice(ms: number, zone: string): boolean {
  const back = offsetAt(zone, ms - 3 * HOUR) - offsetAt(zone, ms + 3 * HOUR)
  const clock = localClock(ms, zone)
  return back > 0 && [ms - back, ms + back].some((other) => localClock(other, zone) === clock)
}

const anySlot = fc
  .record({
    time: times(FROM, TO),
    rule: fc.option(repeats('2028-01-01', '2029-01-01')),
    minutes: fc.integer({ min: 1, max: 3000 }),
  })
  .map(({ time, rule, minutes }) => slot({ time, repeat: rule, minutes, days: 1 + (minutes % 3) }))
  .filter((one) => !meetsChange(one))

describe('a file of ours', () => {
  it('takes place, read by ical.js with the zones that it defines, exactly when the calendar says', () => {
    fc.assert(
      fc.property(anySlot, (one) => {
        expect(startsIn(written(one))).toEqual(startsOf(one))
      }),
      { numRuns: 150 },
    )
  })

  it('ends what takes place once when the calendar says', () => {
    fc.assert(
      fc.property(anySlot, (any) => {
        const one = { ...any, repeat: null }
        const ends = expanded(written(one), END).map(({ end }) => end)
        expect(ends).toEqual(occurrences(one, 0, END, 'UTC').map(({ end }) => end))
      }),
      { numRuns: 100 },
    )
  })

  it('comes back as the same slots when it is read again', () => {
    fc.assert(
      fc.property(anySlot, (one) => {
        const read = readCalendar(written(one), TORONTO)
        if (!read.ok) throw new Error(read.error)
        expect(read.value.skipped).toEqual([])
        const back = read.value.incoming.map(({ fields }) => ({ ...one, ...fields }))
        const starts = back.flatMap((each) => startsOf({ ...each, skipped: [] }))
        expect(starts.toSorted()).toEqual(startsOf(one).toSorted())
      }),
      { numRuns: 100 },
    )
  })

  it('keeps its lines within 75 octets, ends them with CRLF, and loses no letter by it', () => {
    const title = 'Été à Québec 🍁 ; virgule, barre \\ et «guillemets» '.repeat(5).trim()
    const text = written(slot({ title, note: 'une ligne\nune autre\r\net \u0007 voilà' }))
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const event = ICAL.Component.fromString(text).getFirstSubcomponent('vevent')
    expect(event?.getFirstPropertyValue('summary')).toBe(title)
    expect(event?.getFirstPropertyValue('description')).toBe('une ligne\nune autre\net  voilà')
  })

  it('names the entity and nobody in it', () => {
    const owner = '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a' as VolunteerId
    const text = written(slot({ owner, createdBy: owner }))
    expect(text).toContain('X-WR-CALNAME:Le Mouvement')
    expect(text).not.toContain(owner)
    expect(text).not.toMatch(/ORGANIZER|ATTENDEE|mailto/)
  })

  it('says of a slot with a draft what the draft says', () => {
    const draft = { title: 'Le vrai titre', stage: 'approved' } as const
    const of = (stage: typeof draft | null) =>
      linesOf(written(planned(slot({ title: 'Mon titre' }), { draft: stage })))
    expect(of(draft)).toEqual(expect.arrayContaining(['SUMMARY:Le vrai titre', 'STATUS:CONFIRMED']))
    expect(of(null)).toEqual(expect.arrayContaining(['SUMMARY:Mon titre', 'STATUS:TENTATIVE']))
  })

  it('ends a rule in UTC on the evening of its last day, and whole days on a day', () => {
    const rule = repeat({ end: { until: '2027-11-05' } })
    expect(lines(slot({ repeat: rule }))).toContain('RRULE:FREQ=WEEKLY;UNTIL=20271106T035959Z')
    const wholeDay = slot({ time: { kind: 'allDay', date: '2027-03-05' }, repeat: rule })
    expect(lines(wholeDay)).toContain('RRULE:FREQ=WEEKLY;UNTIL=20271105')
  })

  it('takes days out by the wall clock of the series, on both sides of a change of clocks', () => {
    const series = slot({ repeat: weekly, skipped: ['2027-03-12', '2027-03-19'] })
    expect(lines(series)).toContain('EXDATE;TZID=America/Toronto:20270312T120000,20270319T120000')
  })

  it('puts what stands for an occurrence in its place, where its series is in the file too', () => {
    const series = slot({ repeat: weekly, skipped: ['2027-03-12', '2027-03-19'] })
    const other = slot({
      id: slotId(2),
      title: 'Plus tard',
      time: timedAt('2027-03-13', '15:00', TORONTO),
      partOf: { slot: series.id, day: '2027-03-12' },
    })
    const both = written(series, other)
    expect(linesOf(both)).toContain('RECURRENCE-ID;TZID=America/Toronto:20270312T120000')
    expect(linesOf(both)).toContain('EXDATE;TZID=America/Toronto:20270319T120000')
    const starts = expanded(both, Date.parse('2027-03-29T00:00:00Z')).map(({ start }) =>
      new Date(start).toISOString(),
    )
    expect(starts).toEqual([
      '2027-03-05T17:00:00.000Z',
      '2027-03-13T20:00:00.000Z',
      '2027-03-26T16:00:00.000Z',
    ])
    expect(lines(other).some((line) => line.startsWith('RECURRENCE-ID'))).toBe(false)
    expect(lines(other)).toContain(`UID:${other.id}@pupitre`)
  })

  it('takes no day from a series that keeps it, whatever another slot says that it stands for', () => {
    const series = slot({ repeat: { ...weekly, end: { count: 2 } } })
    const other = slot({
      id: slotId(2),
      time: timedAt('2027-06-01', '15:00', TORONTO),
      partOf: { slot: series.id, day: '2027-03-12' },
    })
    expect(startsIn(written(series, other))).toEqual([...startsOf(series), ...startsOf(other)])
  })

  it('keeps the name of what was imported, and names no two events alike', () => {
    const first = slot({ uid: 'abc@google.com' })
    const copy = slot({ id: slotId(2), uid: 'abc@google.com' })
    expect(lines(first, copy).filter((line) => line.startsWith('UID:'))).toEqual([
      'UID:abc@google.com',
      `UID:${copy.id}@pupitre`,
    ])
  })

  it('writes the second of two equal hours in UTC, for no wall clock names it', () => {
    const second = slot({ time: { kind: 'timed', at: '2027-11-07T06:30:00Z', zone: TORONTO } })
    expect(lines(second)).toContain('DTSTART:20271107T063000Z')
    expect(lines(slot({ time: timedAt('2027-11-07', '01:30', TORONTO) }))).toContain(
      'DTSTART;TZID=America/Toronto:20271107T013000',
    )
  })

  it('lets nothing that is typed into a slot pass for a line of its own', () => {
    const nasty = 'a\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:x\u2028ATTENDEE:mailto:a@b.c'
    const text = written(slot({ title: nasty, note: nasty, tags: [nasty], uid: nasty }))
    const root = ICAL.Component.fromString(text)
    expect(root.getAllSubcomponents('vevent')).toHaveLength(1)
    expect(linesOf(text).filter((line) => /^(ATTENDEE|UID:x)/.test(line))).toEqual([])
  })
})

describe('the VTIMEZONE of a zone', () => {
  it.each([
    TORONTO,
    'Europe/Paris',
    'Australia/Lord_Howe',
    'America/Havana',
    'Africa/Casablanca',
    'America/Phoenix',
    'Asia/Kathmandu',
    'America/Santiago',
    'America/Sao_Paulo',
    'Asia/Jerusalem',
  ])('tells, for %s, the offsets that Temporal knows, from its first year on', (zone) => {
    for (const year of [2000, 2019, 2026]) {
      const component = ICAL.Component.fromString(textOf(zoneBlock(zone, year)))
      const defined = new ICAL.Timezone({ component, tzid: zone })
      for (let ms = Date.UTC(year, 0, 3); ms < Date.UTC(year + 12, 0, 1); ms += 77 * HOUR) {
        // An hour that is there twice, or not at all, has no one answer.
        if (offsetAt(zone, ms - 2 * HOUR) !== offsetAt(zone, ms + 2 * HOUR)) continue
        const [day, clock] = [localDay(ms, zone), localClock(ms, zone)]
        const local = ICAL.Time.fromDateTimeString(`${day}T${clock}:00`)
        expect([day, clock, defined.utcOffset(local) * 1000]).toEqual([day, clock, offsetAt(zone, ms)])
      }
    }
  })

  it('is short where the clocks change by a rule', () => {
    const text = textOf(zoneBlock(TORONTO, 2026))
    expect(text.match(/RRULE:.*/g)).toEqual([
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
    ])
    expect(text).not.toContain('RDATE')
  })

  it('stands in a file once for each zone that is used', () => {
    const text = written(
      slot(),
      slot({ id: slotId(2) }),
      slot({ id: slotId(3), time: timedAt('2027-03-05', '12:00', 'Europe/Paris') }),
      slot({ id: slotId(4), time: { kind: 'allDay', date: '2027-03-05' } }),
    )
    expect(text.match(/^TZID:.*$/gm)?.map((line) => line.trim())).toEqual([
      'TZID:America/Toronto',
      'TZID:Europe/Paris',
    ])
    expect(dayOf(slot().time)).toBe('2027-03-05')
  })
})
