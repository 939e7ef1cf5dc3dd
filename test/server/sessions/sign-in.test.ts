import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loginSessions, throttles, volunteers } from '#drizzle/schema/people.ts'
import { LIMITS } from '#lib/domain/accounts/throttle.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Database } from '#server/db/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { ADDRESS, forgetEverybody, PASSWORD, peopleOf, recordedEvents } from '#test/support/people.ts'

const EMAIL = 'personne1@exemple.quebec'
const WRONG = 'trois chevaux bleus'
let database: Database
let people: ReturnType<typeof peopleOf>
let id: VolunteerId

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(async () => {
  await forgetEverybody(database)
  people = peopleOf(database, recordedEvents())
  id = await people.add('editor')
})

const from = (address: string, password: string, email = EMAIL) =>
  people.sessions.signIn({ email, password, address, userAgent: 'Test browser' })
const outcome = async (answer: ReturnType<typeof from>) => {
  const { ok, ...rest } = await answer
  return ok ? 'in' : (rest as { error: string }).error
}
async function guesses(count: number, guess: (index: number) => ReturnType<typeof from>) {
  const answers: string[] = []
  for (let index = 0; index < count; index += 1) answers.push(await outcome(guess(index)))
  return answers
}
/** Rewinds every counter as if so long had gone by. */
async function pass(milliseconds: number) {
  for (const row of await database.orm.select().from(throttles)) {
    const windowStartedAt = new Date(row.windowStartedAt.getTime() - milliseconds)
    await database.orm.update(throttles).set({ windowStartedAt }).where(eq(throttles.key, row.key))
  }
}

describe('signing in', () => {
  test('opens a session', async () => {
    const answer = await from(ADDRESS, PASSWORD)
    expect(answer).toMatchObject({ ok: true, value: { volunteerId: id, email: EMAIL, role: 'editor' } })
    const [session] = await database.orm.select().from(loginSessions)
    expect(session).toMatchObject({ volunteerId: id, userAgent: 'Test browser', revokedAt: null })
  })

  test('takes the address in any case, and the password as every keyboard writes it', async () => {
    expect(await outcome(from(ADDRESS, PASSWORD, ' PERSONNE1@Exemple.Quebec'))).toBe('in')
    expect(await outcome(from(ADDRESS, PASSWORD.toUpperCase()))).toBe('invalid')
  })

  test('says the same of a wrong password, an unknown account and what is no address', async () => {
    const answers = [
      from(ADDRESS, WRONG),
      from(ADDRESS, PASSWORD, 'x@exemple.org'),
      from(ADDRESS, PASSWORD, 'x'),
    ]
    expect(await Promise.all(answers.map(outcome))).toEqual(['invalid', 'invalid', 'invalid'])
    expect(await outcome(from(ADDRESS, 'a'.repeat(100_000)))).toBe('invalid')
  })

  test('tells a suspension only to who knows the password', async () => {
    await database.orm.update(volunteers).set({ suspendedAt: new Date() }).where(eq(volunteers.id, id))
    expect(await outcome(from(ADDRESS, WRONG))).toBe('invalid')
    expect(await outcome(from(ADDRESS, PASSWORD))).toBe('suspended')
    expect(await database.orm.select().from(loginSessions)).toEqual([])
  })

  test('keeps the password as argon2id with 19 MiB and two passes, and renews a weaker hash', async () => {
    const stored = async () => {
      const [row] = await database.orm.select().from(volunteers).where(eq(volunteers.id, id))
      return row?.passwordHash ?? ''
    }
    const strong = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/
    expect(await stored()).toMatch(strong)
    const { hash } = await import('@node-rs/argon2')
    const passwordHash = await hash(PASSWORD, { memoryCost: 4096, timeCost: 1 })
    await database.orm.update(volunteers).set({ passwordHash }).where(eq(volunteers.id, id))
    expect(await outcome(from(ADDRESS, WRONG))).toBe('invalid')
    expect(await stored()).toBe(passwordHash)
    expect(await outcome(from(ADDRESS, PASSWORD))).toBe('in')
    expect(await stored()).toMatch(strong)
    expect(await outcome(from(ADDRESS, PASSWORD))).toBe('in')
  })
})

describe('guessing', () => {
  const here = LIMITS.accountAtAddress

  test('one account from one address is stopped, for the right password too, and for a while only', async () => {
    expect(new Set(await guesses(here.attempts, () => from(ADDRESS, WRONG)))).toEqual(new Set(['invalid']))
    expect(await outcome(from(ADDRESS, PASSWORD))).toBe('throttled')
    await pass(here.windowMs)
    expect(await outcome(from(ADDRESS, PASSWORD))).toBe('in')
  })

  test('in parallel cannot outrun the count', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => outcome(from(ADDRESS, WRONG))))
    expect(answers.filter((answer) => answer === 'invalid')).toHaveLength(here.attempts)
    expect(answers.filter((answer) => answer === 'throttled')).toHaveLength(40 - here.attempts)
  })

  test('begins again at nothing after the right password', async () => {
    for (let round = 0; round < 3; round += 1) {
      await guesses(here.attempts - 1, () => from(ADDRESS, WRONG))
      expect(await outcome(from(ADDRESS, PASSWORD))).toBe('in')
    }
  })

  test('many accounts from one address is stopped', async () => {
    const answers = await guesses(LIMITS.address.attempts + 1, (index) =>
      from(ADDRESS, WRONG, `p${index}@x.org`),
    )
    expect(answers.filter((answer) => answer === 'throttled')).toHaveLength(1)
    expect(answers.at(-1)).toBe('throttled')
    expect(await outcome(from('198.51.100.9', PASSWORD))).toBe('in')
  })

  test('from one household’s many IPv6 addresses is guessing from one address', async () => {
    const answers = await guesses(here.attempts + 1, (index) => from(`2001:db8:1:2::${index + 1}`, WRONG))
    expect(answers.at(-1)).toBe('throttled')
  })

  test('one account from many addresses is stopped, yet never locks out its person where they signed in before', async () => {
    expect(await outcome(from(ADDRESS, PASSWORD))).toBe('in')
    const everywhere = (index: number) => from(`198.51.${index >> 4}.${index}`, WRONG)
    const answers = await guesses(LIMITS.account.attempts + 1, everywhere)
    expect(answers.at(-1)).toBe('throttled')
    expect(await outcome(from('192.0.2.1', PASSWORD))).toBe('throttled')
    expect(await outcome(from(ADDRESS, WRONG))).toBe('invalid')
    expect(await outcome(from(ADDRESS, PASSWORD))).toBe('in')
    // And elsewhere, once the window is over: refused guesses did not prolong it.
    await pass(LIMITS.account.windowMs)
    expect(await outcome(from('192.0.2.1', PASSWORD))).toBe('in')
  })

  test('that is refused counts nowhere: one noisy address does not fill the account’s own counter', async () => {
    await guesses(LIMITS.account.attempts + 20, () => from(ADDRESS, WRONG))
    expect(await outcome(from('192.0.2.1', PASSWORD))).toBe('in')
  })

  test('leaves neither account nor address readable in the database', async () => {
    await guesses(2, () => from(ADDRESS, WRONG))
    await from(ADDRESS, PASSWORD)
    const rows = await database.orm.select().from(throttles)
    expect(rows.length).toBeGreaterThan(0)
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/)
  })
})
