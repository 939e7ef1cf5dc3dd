import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { COLORS } from '#lib/domain/accounts/colors.ts'
import { LIMITS } from '#lib/domain/accounts/throttle.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { createNewsroom } from '#server/newsroom/use-cases.ts'
import { freshDatabase } from '#test/support/database.ts'
import { ADDRESS, forgetEverybody, PASSWORD, peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'

const NEXT = 'huit canots rouges'
let database: Awaited<ReturnType<typeof freshDatabase>>
let events: ReturnType<typeof recordedEvents>
let people: ReturnType<typeof peopleOf>
let actor: Actor

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  await forgetEverybody(database)
  events = recordedEvents()
  people = peopleOf(database, events)
  actor = await people.join('contributor')
  events.published.length = 0
})

const now = () => people.sessions.actorOf(actor.sessionId)
const signsIn = async (password: string) =>
  (await people.sessions.signIn({ email: actor.email, password, address: ADDRESS, userAgent: '' })).ok

describe('one’s profile', () => {
  test('takes a name, a colour and a language, and tells the rooms what carets show', async () => {
    const color = COLORS[7]
    expect(
      await people.volunteers.updateProfile(actor, { name: ' Élise  L. ', color, locale: 'en' }),
    ).toMatchObject({ ok: true })
    expect(await now()).toMatchObject({ name: 'Élise L.', color, locale: 'en', role: 'contributor' })
    expect(events.published).toContainEqual({ type: 'volunteer.access', volunteerId: actor.volunteerId })
  })

  test('changes only what is named, and closes no socket for a language', async () => {
    await people.volunteers.updateProfile(actor, { locale: 'en' })
    await people.volunteers.updateProfile(actor, {})
    expect(await now()).toEqual({ ...actor, locale: 'en' })
    expect(events.published).toEqual([])
  })

  test.each([
    [{ name: '  ' }, { name: 'nameMissing' }],
    [{ name: 'x'.repeat(81) }, { name: 'nameTooLong' }],
    [{ color: '#ffffff' }, { color: 'colorUnknown' }],
    [{ color: 'red;background:url(//x)' }, { color: 'colorUnknown' }],
  ])('refuses %j', async (change, fields) => {
    expect(await people.volunteers.updateProfile(actor, change)).toEqual({ ok: false, error: { fields } })
    expect(await now()).toEqual(actor)
  })
})

describe('changing one’s password', () => {
  test('ends the other sessions and keeps this one', async () => {
    const phone = await people.sessions.open(actor.volunteerId, 'Phone')
    expect(await people.volunteers.changePassword(actor, { current: PASSWORD, next: NEXT })).toMatchObject({
      ok: true,
    })
    expect(await now()).toEqual(actor)
    expect(await people.sessions.actorOf(phone?.sessionId ?? '')).toBeNull()
    expect(events.published).toEqual([{ type: 'session.ended', sessionId: phone?.sessionId }])
    expect([await signsIn(PASSWORD), await signsIn(NEXT)]).toEqual([false, true])
  })

  test('asks for the one that is true now', async () => {
    const answer = await people.volunteers.changePassword(actor, { current: NEXT, next: NEXT })
    expect(answer).toEqual({ ok: false, error: 'wrongPassword' })
    expect(await signsIn(PASSWORD)).toBe(true)
  })

  test('refuses a weak one', async () => {
    const answer = await people.volunteers.changePassword(actor, { current: PASSWORD, next: 'personne1' })
    expect(answer).toEqual({ ok: false, error: { fields: { next: 'passwordTooShort' } } })
  })

  test('stops who guesses at it with a stolen session', async () => {
    const guesses = Array.from({ length: LIMITS.password.attempts + 5 }, () =>
      people.volunteers.changePassword(actor, { current: NEXT, next: NEXT }),
    )
    const errors = (await Promise.all(guesses)).map((answer) => (answer.ok ? 'in' : answer.error))
    expect(errors.filter((error) => error === 'wrongPassword')).toHaveLength(LIMITS.password.attempts)
    expect(errors.filter((error) => error === 'throttled')).toHaveLength(5)
  })

  test('twice at the same time changes it once', async () => {
    const other = 'neuf skis jaunes et longs'
    const answers = await Promise.all(
      [NEXT, other].map((next) => people.volunteers.changePassword(actor, { current: PASSWORD, next })),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })
})

describe('adding somebody from the command line', () => {
  const typed = {
    name: 'Paul',
    email: 'Paul@Exemple.org',
    password: NEXT,
    role: 'editor',
    locale: 'fr',
  } as const

  test('makes an account that signs in, and ends the first-run set-up', async () => {
    const empty = await freshDatabase()
    const newsroom = createNewsroom({ database: empty, secret: SECRET })
    expect(await newsroom.isSetUp()).toBe(false)
    expect(await peopleOf(empty, events).volunteers.add(typed)).toMatchObject({ ok: true })
    expect(await newsroom.isSetUp()).toBe(true)
    expect(events.published).toContainEqual({ type: 'team.changed' })
  })

  test('refuses an address that somebody has, in whatever case, also of two added at the same time', async () => {
    const answers = await Promise.all([
      people.volunteers.add(typed),
      people.volunteers.add({ ...typed, email: 'PAUL@exemple.ORG' }),
    ])
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.find((answer) => !answer.ok)).toEqual({
      ok: false,
      error: { fields: { email: 'emailTaken' } },
    })
  })

  test('gives each newcomer a colour of their own while there are some', async () => {
    for (let count = 0; count < COLORS.length - 1; count += 1) await people.add('reader')
    const worn = (await people.volunteers.list('operator')).map((volunteer) => volunteer.color)
    expect(new Set(worn)).toEqual(new Set(COLORS))
  })
})
