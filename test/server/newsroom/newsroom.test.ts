import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { volunteers } from '#drizzle/schema/people.ts'
import { LIMITS } from '#lib/domain/accounts/throttle.ts'
import { ROLES } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { Newsroom, SetUp } from '#server/newsroom/types.ts'
import { createNewsroom } from '#server/newsroom/use-cases.ts'
import { freshDatabase } from '#test/support/database.ts'
import { ADDRESS, forgetEverybody, PASSWORD, peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'

let database: Database
let newsroom: Newsroom
let form: SetUp

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  await forgetEverybody(database)
  newsroom = createNewsroom({ database, secret: SECRET })
  form = {
    code: newsroom.setUpCode(),
    newsroomName: ' La  Relève ',
    name: 'Marie',
    email: 'marie@exemple.org',
    password: PASSWORD,
    locale: 'fr',
    address: ADDRESS,
  }
})
const people = () => database.orm.select().from(volunteers)

describe('the first-run set-up', () => {
  test('names the newsroom and makes its first coordinator', async () => {
    expect([await newsroom.isSetUp(), await newsroom.name()]).toEqual([false, null])
    const made = await newsroom.setUp(form)
    expect([await newsroom.isSetUp(), await newsroom.name()]).toEqual([true, 'La Relève'])
    const [marie] = await people()
    expect(made).toEqual({ ok: true, value: marie?.id })
    expect(marie).toMatchObject({ role: 'coordinator', email: 'marie@exemple.org', locale: 'fr' })
  })

  test('happens once', async () => {
    await newsroom.setUp(form)
    const again = await newsroom.setUp({ ...form, email: 'paul@exemple.org' })
    expect(again).toEqual({ ok: false, error: 'alreadySetUp' })
    expect(await people()).toHaveLength(1)
  })

  test('raced by ten people makes one coordinator', async () => {
    const racers = Array.from({ length: 10 }, (_, index) =>
      newsroom.setUp({ ...form, newsroomName: `Équipe ${index}`, email: `p${index}@exemple.org` }),
    )
    const answers = await Promise.all(racers)
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok)).toEqual(
      Array(9).fill({ ok: false, error: 'alreadySetUp' }),
    )
    expect(await people()).toHaveLength(1)
    expect(await newsroom.name()).toBe(`Équipe ${answers.findIndex((answer) => answer.ok)}`)
  })

  test('takes the code in any case and grouping, with the letters that look like digits', async () => {
    const code = newsroom.setUpCode()
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    const typed = ` ${code.toLowerCase().replaceAll('-', '  ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    expect(await newsroom.setUp({ ...form, code: typed })).toMatchObject({ ok: true })
  })

  test('has the same code at every start, and another one for another secret', () => {
    expect(createNewsroom({ database, secret: SECRET }).setUpCode()).toBe(newsroom.setUpCode())
    expect(createNewsroom({ database, secret: `${SECRET}!` }).setUpCode()).not.toBe(newsroom.setUpCode())
  })

  test.each(['', '0000-0000-0000', 'a'.repeat(100_000)])('refuses the code «%.20s»', async (code) => {
    expect(await newsroom.setUp({ ...form, code })).toEqual({ ok: false, error: 'wrongCode' })
    expect(await newsroom.isSetUp()).toBe(false)
  })

  test('tells who has no code nothing about the form', async () => {
    expect(await newsroom.setUp({ ...form, code: 'x', email: '', password: '' })).toEqual({
      ok: false,
      error: 'wrongCode',
    })
  })

  test('stops who guesses the code, in parallel too', async () => {
    const guesses = Array.from({ length: LIMITS.setUp.attempts + 10 }, () =>
      newsroom.setUp({ ...form, code: 'x' }),
    )
    const errors = (await Promise.all(guesses)).map((answer) => (answer.ok ? 'in' : answer.error))
    expect(errors.filter((error) => error === 'wrongCode')).toHaveLength(LIMITS.setUp.attempts)
    expect(errors.filter((error) => error === 'throttled')).toHaveLength(10)
    expect(await newsroom.setUp(form)).toEqual({ ok: false, error: 'throttled' })
    expect(await newsroom.setUp({ ...form, address: '192.0.2.9' })).toMatchObject({ ok: true })
  })

  test('names every wrong field, and founds nothing', async () => {
    const answer = await newsroom.setUp({
      ...form,
      newsroomName: ' ',
      name: '',
      email: 'x',
      password: 'court',
    })
    expect(answer).toEqual({
      ok: false,
      error: {
        fields: {
          newsroomName: 'nameMissing',
          name: 'nameMissing',
          email: 'emailInvalid',
          password: 'passwordTooShort',
        },
      },
    })
    expect(await newsroom.isSetUp()).toBe(false)
  })
})

test.each(ROLES)('the newsroom is renamed by coordinators alone: %s', async (role) => {
  await newsroom.setUp(form)
  const actor = await peopleOf(database, recordedEvents()).join(role)
  const answer = await newsroom.rename(actor, ' La Suite ')
  expect(answer).toMatchObject(role === 'coordinator' ? { ok: true } : { ok: false, error: 'forbidden' })
  expect(await newsroom.name()).toBe(role === 'coordinator' ? 'La Suite' : 'La Relève')
})
