import { describe, expect, it } from 'vitest'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { clockOf, dayOf } from '#lib/domain/calendar/time.ts'
import { readCalendar } from '#server/calendar/ics/read.ts'
import type { SkipReason } from '#server/calendar/types.ts'
import { calendar, event, googleExport, TORONTO } from './ics.ts'

function read(...parts: readonly string[]) {
  const outcome = readCalendar(calendar(...parts), TORONTO)
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value
}

/** What becomes of one event with these lines. */
function one(lines: string) {
  const { incoming, skipped } = read(event(`UID:essai\nSUMMARY:Essai\n${lines}`))
  expect(incoming.length + skipped.length).toBe(1)
  return { fields: incoming[0]?.fields ?? null, reason: skipped[0]?.reason ?? null }
}

const fieldsOf = (lines: string) => {
  const { fields, reason } = one(lines)
  if (!fields) throw new Error(`skipped: ${reason}`)
  return fields
}

const START = 'DTSTART;TZID=America/Toronto:20270305T120000'
const ruled = (rule: string) => one(`${START}\nRRULE:${rule}`)

describe('an event that cannot be planned', () => {
  it.each<[SkipReason, string]>([
    ['noStart', 'DTEND:20270305T120000Z'],
    ['badStart', 'DTSTART:20271345T120000Z'],
    ['badStart', 'DTSTART:20270230T120000Z'],
    ['badStart', 'DTSTART:20270305T250000Z'],
    ['badStart', 'DTSTART:demain'],
    ['badStart', 'DTSTART:'],
    ['badZone', 'DTSTART;TZID=Mars/Phobos:20270305T120000'],
    ['badZone', 'DTSTART;TZID=../../etc/passwd:20270305T120000'],
    ['endsBeforeStart', `${START}\nDTEND;TZID=America/Toronto:20270305T113000`],
    ['endsBeforeStart', 'DTSTART;VALUE=DATE:20270305\nDTEND;VALUE=DATE:20270301'],
    ['endsBeforeStart', `${START}\nDURATION:-PT30M`],
    ['outOfRange', 'DTSTART:00000101T000000Z'],
    ['outOfRange', 'DTSTART;VALUE=DATE:00000101'],
    ['outOfRange', 'DTSTART:99991231T235959Z'],
    ['outOfRange', 'DTSTART;VALUE=DATE:19991231'],
    ['outOfRange', 'DTSTART;VALUE=DATE:20270305\nDTEND;VALUE=DATE:20300305'],
    ['outOfRange', `${START}\nDURATION:P999999W`],
    ['repeatTooOften', `${START}\nRRULE:FREQ=SECONDLY`],
    ['repeatTooOften', `${START}\nRRULE:FREQ=MINUTELY;INTERVAL=5`],
    ['repeatTooOften', `${START}\nRRULE:FREQ=HOURLY;COUNT=3`],
    ['repeatTooOften', `${START}\nRRULE:FREQ=DAILY;BYHOUR=9,12,15`],
    ['repeatTooOften', `${START}\nRRULE:FREQ=DAILY;COUNT=1000000000`],
    ['repeatTooOften', `${START}\nRRULE:FREQ=DAILY;COUNT=999999999999999999999999`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1,15`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=YEARLY;BYWEEKNO=20`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=WEEKLY;INTERVAL=0`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=FORTNIGHTLY`],
    ['repeatNotKnown', `${START}\nRRULE:`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=WEEKLY\nEXRULE:FREQ=MONTHLY`],
    ['repeatNotKnown', `${START}\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU`],
    ['repeatNever', `${START}\nRRULE:FREQ=WEEKLY;UNTIL=20270101T000000Z`],
    ['repeatNever', `${START}\nRRULE:FREQ=WEEKLY;COUNT=0`],
    [
      'repeatNever',
      `${START}\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;TZID=America/Toronto:20270305T120000,20270306T120000`,
    ],
    ['cancelled', `${START}\nSTATUS:CANCELLED`],
    ['unreadable', `${START}\nDESCRIPTION:\ufffd`],
  ])('is left out for its reason: %s, %j', (reason, lines) => {
    expect(one(lines)).toEqual({ fields: null, reason })
  })

  it('is named by what could be read of it, and spoils nothing around it', () => {
    const good = (uid: string) => event(`UID:${uid}\nSUMMARY:Bon\n${START}`)
    const { incoming, skipped } = read(
      good('a'),
      event('UID:b\nSUMMARY:Sans début'),
      'DTSTART:20270101T000000Z\nEND:VALARM\nn’importe quoi\n:::\n',
      good('c'),
      'BEGIN:VEVENT\nUID:d\nSUMMARY:Jamais fini\nDTSTART:20270305T120000Z\n',
      good('e'),
    )
    expect(incoming.map(({ uid }) => uid)).toEqual(['a', 'c', 'e'])
    expect(skipped).toEqual([
      { uid: 'd', title: 'Jamais fini', reason: 'unreadable' },
      { uid: 'b', title: 'Sans début', reason: 'noStart' },
    ])
  })

  it('is cut off with the file that ends in the middle of it', () => {
    const outcome = readCalendar('BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nSUMMARY:Coupé\nDTSTART:2027', TORONTO)
    expect(outcome).toMatchObject({ value: { incoming: [], skipped: [{ uid: 'x', reason: 'unreadable' }] } })
  })
})

describe('a file', () => {
  it.each(['', 'Bonjour', '%PDF-1.7', '<html>BEGIN:VCALENDAR</html>', '{"a":1}', '\0\0\0'])(
    'that is no calendar is refused: %j',
    (text) => {
      expect(readCalendar(text, TORONTO)).toEqual({ ok: false, error: 'notCalendar' })
    },
  )

  it('is read whatever ends its lines', () => {
    const text = calendar(event(`UID:a\nSUMMARY:Une\n  deux\n${START}`))
    for (const end of ['\r\n', '\n']) {
      const outcome = readCalendar(text.replaceAll('\r\n', end), TORONTO)
      expect(outcome).toMatchObject({ value: { incoming: [{ fields: { title: 'Une deux' } }] } })
    }
  })

  it('of too many events is refused', () => {
    const many = event(`UID:a\n${START}`).repeat(20_001)
    expect(readCalendar(calendar(many), TORONTO)).toEqual({ ok: false, error: 'tooMany' })
  })

  it('says nothing of people, and of an alarm nothing either', async () => {
    const outcome = readCalendar(new TextDecoder().decode(await googleExport()), TORONTO)
    const said = JSON.stringify(outcome)
    expect(said).not.toMatch(/Gisèle|Tremblay|exemple\.quebec|Équipe numérique|event reminder/)
  })
})

describe('the time of an event', () => {
  it('is by the zone that it names, in whatever spelling', () => {
    for (const zone of [
      'America/Toronto',
      'america/toronto',
      'Eastern Standard Time',
      '"Eastern Standard Time"',
      '"(UTC-05:00) Eastern Time (US & Canada)"',
      '/mozilla.org/20050126_1/America/Toronto',
      'America/Montreal',
    ]) {
      const { time } = fieldsOf(`DTSTART;TZID=${zone}:20270705T120000`)
      expect([zone, time]).toEqual([zone, { kind: 'timed', at: '2027-07-05T16:00:00Z', zone: TORONTO }])
    }
    const { time } = fieldsOf('DTSTART;TZID=Romance Standard Time:20270705T120000')
    expect(time).toEqual({ kind: 'timed', at: '2027-07-05T10:00:00Z', zone: 'Europe/Paris' })
  })

  const definition = (lines: string) =>
    `BEGIN:VTIMEZONE\nTZID:Chez nous\n${lines}BEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n`
  const zoneWith = (lines: string) =>
    read(definition(lines), event('UID:a\nDTSTART;TZID=Chez nous:20270705T120000')).incoming[0]?.fields.time

  it('is by the place that the file’s own definition names, or whose offsets it has', () => {
    expect(zoneWith('X-LIC-LOCATION:Europe/Brussels\n')).toMatchObject({ zone: 'Europe/Brussels' })
    expect(zoneWith('')).toMatchObject({ zone: 'Europe/Paris', at: '2027-07-05T10:00:00Z' })
  })

  it('without a zone is the newsroom’s; in UTC it is shown by the newsroom’s clock, but repeats in UTC', () => {
    expect(fieldsOf('DTSTART:20270705T120000').time).toEqual({
      kind: 'timed',
      at: '2027-07-05T16:00:00Z',
      zone: TORONTO,
    })
    expect(fieldsOf('DTSTART:20270705T120000Z').time).toMatchObject({
      at: '2027-07-05T12:00:00Z',
      zone: TORONTO,
    })
    expect(fieldsOf('DTSTART:20270705T120000Z\nRRULE:FREQ=DAILY').time).toMatchObject({ zone: 'UTC' })
  })

  it('that the clocks leave out moves forward', () => {
    expect(fieldsOf('DTSTART;TZID=America/Toronto:20270314T023000').time).toMatchObject({
      at: '2027-03-14T07:30:00Z',
    })
  })

  it('lasts as long as it says, in any of the ways to say it', () => {
    const lengths = [
      'DTEND;TZID=America/Toronto:20270305T130000',
      'DTEND:20270305T180000Z',
      'DURATION:PT1H',
      'DURATION:P0DT0H60M0S',
    ]
    for (const length of lengths) expect(fieldsOf(`${START}\n${length}`)).toMatchObject({ minutes: 60 })
    expect(fieldsOf(START)).toMatchObject({ minutes: 30 })
    expect(fieldsOf(`${START}\nDTEND;TZID=America/Toronto:20270305T120000`)).toMatchObject({ minutes: 30 })
    expect(fieldsOf('DTSTART;VALUE=DATE:20270305')).toMatchObject({ days: 1 })
    expect(fieldsOf('DTSTART;VALUE=DATE:20270305\nDTEND;VALUE=DATE:20270308')).toMatchObject({ days: 3 })
    expect(fieldsOf('DTSTART;VALUE=DATE:20270305\nDURATION:P2W')).toMatchObject({ days: 14 })
  })

  it('that is longer than a week is one of whole days', () => {
    expect(fieldsOf(`${START}\nDURATION:P10D`)).toMatchObject({
      time: { kind: 'allDay', date: '2027-03-05' },
      days: 11,
    })
  })
})

describe('the rule of an event', () => {
  it.each<[string, object | null]>([
    ['FREQ=WEEKLY', { freq: 'weekly', every: 1, weekdays: [] }],
    ['FREQ=WEEKLY;BYDAY=FR,TU;INTERVAL=1', { freq: 'weekly', weekdays: ['TU', 'FR'] }],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=SU', { freq: 'weekly', every: 2 }],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;WKST=SU', { freq: 'weekly', every: 2 }],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', { freq: 'weekly', weekdays: ['MO', 'TU', 'WE', 'TH', 'FR'] }],
    ['FREQ=DAILY;INTERVAL=3;BYHOUR=12;BYMINUTE=0;BYSECOND=0', { freq: 'daily', every: 3 }],
    ['FREQ=DAILY;INTERVAL=140', { freq: 'weekly', every: 20 }],
    ['FREQ=MONTHLY', { freq: 'monthly', nth: null }],
    ['FREQ=MONTHLY;BYMONTHDAY=5', { freq: 'monthly', nth: null }],
    ['FREQ=MONTHLY;BYDAY=1FR', { freq: 'monthly', nth: 1, weekdays: ['FR'] }],
    ['FREQ=MONTHLY;BYDAY=+2TU', { freq: 'monthly', nth: 2, weekdays: ['TU'] }],
    ['FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1', { freq: 'monthly', nth: -1, weekdays: ['FR'] }],
    ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5', { freq: 'yearly' }],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=1FR', { freq: 'monthly', every: 12, nth: 1, weekdays: ['FR'] }],
    ['FREQ=WEEKLY;COUNT=10', { end: { count: 10 } }],
    ['FREQ=WEEKLY;COUNT=1', null],
    ['FREQ=WEEKLY;UNTIL=20270402', { end: { until: '2027-04-02' } }],
    ['FREQ=WEEKLY;UNTIL=20270403T035959Z', { end: { until: '2027-04-02' } }],
    ['FREQ=WEEKLY;UNTIL=20270402T155959Z', { end: { until: '2027-04-01' } }],
    ['FREQ=WEEKLY;UNTIL=20270402T160000Z', { end: { until: '2027-04-02' } }],
    ['FREQ=WEEKLY;UNTIL=99991231T000000Z', { end: null }],
    ['freq=weekly;byday=fr;', { freq: 'weekly', weekdays: ['FR'] }],
  ])('%s becomes %j', (rule, repeat) => {
    const { fields, reason } = ruled(rule)
    expect(reason).toBeNull()
    if (repeat === null) expect(fields?.repeat).toBeNull()
    else expect(fields?.repeat).toMatchObject(repeat)
  })

  it('leaves out the days that the event does, by the clock of the series', () => {
    const { skipped } = fieldsOf(
      `${START}\nRRULE:FREQ=WEEKLY\nEXDATE:20270312T170000Z,20270320T030000Z\nEXDATE;VALUE=DATE:20270326`,
    )
    expect(skipped).toEqual(['2027-03-12', '2027-03-19', '2027-03-26'].filter((day) => skipped.includes(day)))
    expect(skipped).toContain('2027-03-12')
    expect(skipped).toContain('2027-03-26')
  })

  it('and days beside it become slots of their own', () => {
    const { incoming } = read(
      event(
        `UID:a\n${START}\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE;TZID=America/Toronto:20270409T120000,20270312T120000`,
      ),
    )
    expect(incoming.map(({ uid, day, fields }) => [uid, day, fields.repeat === null])).toEqual([
      ['a', null, false],
      ['a', '2027-04-09', true],
    ])
  })
})

describe('the words of an event', () => {
  it('come without the marks of HTML, and keep their lines and links', () => {
    const html =
      '<html><head><style>p{}</style></head><p>Bonjour <b>vous</b>&nbsp;!</p><script>alert(1)</script>un<br>deux<ul><li>a</li><li>b</li></ul><a href="https://x.example/y">ici</a> &lt;3 <a href="javascript:alert(1)">non</a>'
    expect(fieldsOf(`${START}\nDESCRIPTION:${html.replaceAll(';', '\\;').replaceAll(',', '\\,')}`).note).toBe(
      'Bonjour vous !\nun\ndeux\n- a\n- b\nici (https://x.example/y) <3 non',
    )
    expect(fieldsOf(`${START}\nDESCRIPTION:a < b et c > d & e`).note).toBe('a < b et c > d & e')
  })

  it('name channels in either language, and tags; words with # stay in the title', () => {
    const fields = fieldsOf(
      `SUMMARY:#FF du vendredi\n${START}\nCATEGORIES:Facebook,Twitter,#Été\nCATEGORIES:Chaîne YouTube,blogue,Été`,
    )
    expect(fields).toMatchObject({ channels: ['facebook', 'x', 'youtube', 'blog'], tags: ['Été'] })
    expect(read(event(`UID:a\nSUMMARY:#FF du vendredi\n${START}`)).incoming[0]?.fields.title).toBe(
      '#FF du vendredi',
    )
  })

  it('are cut to what a slot can have, and a place joins the note', () => {
    const fields = read(
      event(`UID:a\nSUMMARY:${'🎬'.repeat(400)}\nDESCRIPTION:${'é'.repeat(30_000)}\n${START}`),
      event(`UID:b\nDESCRIPTION:Mot\nLOCATION:Salle 2\\, Rimouski\n${START}`),
    ).incoming.map((each) => each.fields)
    expect(fields[0]?.title).toBe('🎬'.repeat(150))
    expect(fields[0]?.note).toHaveLength(LIMITS.note)
    expect(fields[1]).toMatchObject({ title: 'Sans titre', note: 'Mot\n\nSalle 2, Rimouski' })
  })

  it('with deep or endless HTML cost no more than they are worth', () => {
    const begun = performance.now()
    for (const html of [
      '<div>'.repeat(30_000),
      '<b '.repeat(40_000),
      `<p>${'<'.repeat(100_000)}`,
      '<!--'.repeat(40_000),
    ]) {
      expect(fieldsOf(`${START}\nDESCRIPTION:<br>${html}`).note.length).toBeLessThanOrEqual(LIMITS.note)
    }
    expect(performance.now() - begun).toBeLessThan(5000)
  })
})

describe('occurrences that have events of their own', () => {
  const series = `UID:a\nSUMMARY:Série\n${START}\nRRULE:FREQ=WEEKLY`
  const instead = `UID:a\nSUMMARY:Autre\nRECURRENCE-ID;TZID=America/Toronto:20270312T120000\nDTSTART;TZID=America/Toronto:20270313T150000`

  it('stand for a day that their series leaves out', () => {
    const { incoming } = read(event(instead), event(series))
    expect(incoming.map(({ day, fields }) => [day, fields.title, fields.skipped])).toEqual([
      [null, 'Série', ['2027-03-12']],
      ['2027-03-12', 'Autre', []],
    ])
    expect(incoming[1] && [dayOf(incoming[1].fields.time), clockOf(incoming[1].fields.time)]).toEqual([
      '2027-03-13',
      '15:00',
    ])
  })

  it('are only left out of it where they were called off', () => {
    const { incoming, calledOff, skipped } = read(event(series), event(`${instead}\nSTATUS:CANCELLED`))
    expect(incoming.map(({ fields }) => fields.skipped)).toEqual([['2027-03-12']])
    expect([calledOff, skipped]).toEqual([[], []])
  })

  it('are kept where their series cannot come in', () => {
    const { incoming, skipped } = read(event(`${series}ISH`), event(instead))
    expect(skipped).toMatchObject([{ reason: 'repeatNotKnown' }])
    expect(incoming).toMatchObject([{ day: '2027-03-12', fields: { title: 'Autre' } }])
  })

  it('cannot stand for all that follow', () => {
    const following = instead.replace('RECURRENCE-ID;', 'RECURRENCE-ID;RANGE=THISANDFUTURE;')
    expect(read(event(series), event(following)).skipped).toMatchObject([{ reason: 'repeatNotKnown' }])
  })

  it('and events count in their latest version', () => {
    const { incoming } = read(
      event(`UID:a\nSEQUENCE:2\nSUMMARY:Nouveau\n${START}`),
      event(`UID:a\nSEQUENCE:1\nSUMMARY:Ancien\n${START}`),
    )
    expect(incoming.map(({ fields }) => fields.title)).toEqual(['Nouveau'])
  })

  it('without a name get the same one each time', () => {
    const uid = () => read(event(`SUMMARY:Sans nom\n${START}`)).incoming[0]?.uid
    expect(uid()).toMatch(/^\w{40}$/)
    expect(uid()).toBe(uid())
  })
})
