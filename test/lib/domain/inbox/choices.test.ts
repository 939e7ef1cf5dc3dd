import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  BURST_MS,
  DEFAULT_CHOICES,
  type MailChoices,
  mailChoices,
  mailDueAt,
  parseChoices,
  refusedAddress,
} from '#lib/domain/inbox/choices.ts'
import { NOTICE_KINDS } from '#lib/domain/inbox/notice.ts'
import { GROUP_OF, NOTICE_GROUPS, PACES } from '#lib/domain/inbox/pace.ts'
import { zones } from '../calendar/arbitraries.ts'

const minute = fc.integer({ min: 0, max: 1439 })
const pace = fc.constantFrom(...PACES)
const choices: fc.Arbitrary<MailChoices> = fc.record({
  pace: fc.record({ mentions: pace, replies: pace, reviews: pace, approvals: pace }),
  quiet: fc.option(fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to)),
  digestAt: minute,
})
const kind = fc.constantFrom(...NOTICE_KINDS)
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((date) => date.getTime())
/** The days on which clocks change, when everything that can go wrong goes wrong. */
const nearChange = fc
  .tuple(
    fc.constantFrom('2027-03-14T07:00Z', '2027-11-07T06:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'),
    fc.integer({ min: -36 * 3_600_000, max: 36 * 3_600_000 }),
  )
  .map(([change, offset]) => Date.parse(change) + offset)
const anywhere = fc.oneof(fc.tuple(instant, zones), fc.tuple(nearChange, fc.constant('America/Toronto')))

const wall = (ms: number, zone: string) => {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
  return at.hour * 60 + at.minute
}
const isQuiet = (at: number, quiet: MailChoices['quiet']) =>
  quiet !== null &&
  (quiet.from < quiet.to ? at >= quiet.from && at < quiet.to : at >= quiet.from || at < quiet.to)

describe('when an e-mail is due', () => {
  it('is never in quiet hours, never in the past and within three days, in every zone and at both changes of the clocks', () => {
    fc.assert(
      fc.property(kind, choices, anywhere, (what, chosen, [now, zone]) => {
        const due = mailDueAt(what, chosen, now, zone)
        expect(due === null).toBe(chosen.pace[GROUP_OF[what]] === 'none')
        if (due === null) return
        expect(isQuiet(wall(due, zone), chosen.quiet)).toBe(false)
        expect(due).toBeGreaterThan(now)
        expect(due - now).toBeLessThan(3 * 24 * 3_600_000)
      }),
      { numRuns: 3000 },
    )
  })

  it('is a day later where the one minute that is not quiet is left out by the clocks', () => {
    const chosen = { ...DEFAULT_CHOICES, quiet: { from: 121, to: 120 } }
    const due = mailDueAt('mention', chosen, Date.parse('2027-03-14T06:59:29Z'), 'America/Toronto')
    expect(due).toBe(Date.parse('2027-03-15T06:00:00Z'))
  })

  it('is the hour of the digest on the wall, but for an hour that the clocks leave out, or that is quiet', () => {
    fc.assert(
      fc.property(choices, anywhere, (chosen, [now, zone]) => {
        const digest = { ...chosen, pace: { ...chosen.pace, replies: 'digest' as const }, quiet: null }
        const due = mailDueAt('reply', digest, now, zone) ?? Number.NaN
        const at = Temporal.Instant.fromEpochMilliseconds(due).toZonedDateTimeISO(zone)
        const wanted = { hour: Math.floor(chosen.digestAt / 60), minute: chosen.digestAt % 60 }
        expect(
          at.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: wanted }).epochMilliseconds,
        ).toBe(due)
      }),
    )
  })

  const nights = { ...DEFAULT_CHOICES, quiet: { from: 22 * 60, to: 7 * 60 } }
  it.each([
    ['at once by day', 'mention', '2026-11-24T17:00:00Z', '2026-11-24T17:00:30Z'],
    ['after a burst by day', 'approved', '2026-11-24T17:00:00Z', '2026-11-24T17:02:00Z'],
    ['in the morning what comes at night', 'mention', '2026-11-25T04:00:00Z', '2026-11-25T12:00:00Z'],
    [
      'in the morning of the same day what comes after midnight',
      'mention',
      '2026-11-25T06:00:00Z',
      '2026-11-25T12:00:00Z',
    ],
    [
      'in the morning what comes as the quiet begins',
      'approved',
      '2026-11-25T02:59:00Z',
      '2026-11-25T12:00:00Z',
    ],
    [
      'at seven on the wall when the night was an hour shorter',
      'mention',
      '2027-03-14T04:00:00Z',
      '2027-03-14T11:00:00Z',
    ],
    [
      'at seven on the wall when the night was an hour longer',
      'mention',
      '2027-11-07T03:00:00Z',
      '2027-11-07T12:00:00Z',
    ],
    [
      'at eight of the next day what is for the digest',
      'reply',
      '2026-11-24T13:00:00Z',
      '2026-11-25T13:00:00Z',
    ],
    ['at eight of this day what comes before', 'thread', '2026-11-24T12:59:59Z', '2026-11-24T13:00:00Z'],
  ] as const)('is %s', (_, what, now, expected) => {
    const due = mailDueAt(what, nights, Date.parse(now), 'America/Toronto')
    expect(new Date(due ?? 0).toISOString()).toBe(expected.replace('Z', '.000Z'))
  })

  it('is after the second end of quiet hours that come twice', () => {
    const quiet = { ...DEFAULT_CHOICES, quiet: { from: 0, to: 90 } }
    // 01:10 for the second time: 01:30 was half an hour ago, and comes again in twenty minutes.
    const due = mailDueAt('approved', quiet, Date.parse('2027-11-07T06:08:00Z'), 'America/Toronto')
    expect(new Date(due ?? 0).toISOString()).toBe('2027-11-07T06:30:00.000Z')
  })
})

describe('choices that were stored', () => {
  it('are what was chosen', () => {
    fc.assert(
      fc.property(choices, (chosen) => {
        expect(mailChoices.parse(chosen)).toEqual(chosen)
        expect(parseChoices(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen)
      }),
    )
  })

  it('are the usual ones where they cannot be read, each by itself', () => {
    for (const nothing of [undefined, null, 3, 'x', [], {}])
      expect(parseChoices(nothing)).toEqual(DEFAULT_CHOICES)
    expect(parseChoices({ pace: { mentions: 'none', replies: 'often' }, digestAt: -1, quiet: null })).toEqual(
      {
        ...DEFAULT_CHOICES,
        pace: { ...DEFAULT_CHOICES.pace, mentions: 'none' },
        quiet: null,
      },
    )
  })

  it('never throw, whatever is in the row', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(mailChoices.safeParse(parseChoices(value)).success).toBe(true)
        refusedAddress(value)
      }),
    )
  })
})

it('every kind of notice has a choice, and every choice is for something', () => {
  expect(new Set(NOTICE_KINDS.map((what) => GROUP_OF[what]))).toEqual(new Set(NOTICE_GROUPS))
  expect(BURST_MS).toBeLessThan(5 * 60_000)
})
