import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { loginSessions, volunteers } from '#drizzle/schema/people.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import { createSessions } from '#server/sessions/use-cases.ts'
import { freshDatabase } from '#test/support/database.ts'
import { peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'

const DAY = 24 * 60 * 60 * 1000
let database: Database
let people: ReturnType<typeof peopleOf>
let actor: Actor
let cookie: string

beforeAll(async () => {
  database = await freshDatabase()
  people = peopleOf(database, recordedEvents())
})
beforeEach(async () => {
  actor = await people.join('editor')
  cookie = await people.cookieOf(actor)
})

const rowOf = async (id: string) => {
  const rows = await database.orm.select().from(loginSessions)
  const row = rows.find((session) => session.id === id)
  if (!row) throw new Error('no such session')
  return row
}
const change = (values: Partial<typeof loginSessions.$inferInsert>) =>
  database.orm.update(loginSessions).set(values).where(eq(loginSessions.id, actor.sessionId))
const authenticate = (header: string | undefined) => people.sessions.authenticate(header)
const signed = (token: Record<string, unknown>, secret = SECRET, maxAge = 3600) =>
  encode({ token, secret, maxAge }).then((value) => `next-auth.session-token=${value}`)

describe('a cookie', () => {
  test('of a live session is its volunteer, as the rows say they are now', async () => {
    expect(await authenticate(cookie)).toEqual(actor)
    await database.orm
      .update(volunteers)
      .set({ role: 'reader', name: 'Renommée' })
      .where(eq(volunteers.id, actor.volunteerId))
    expect(await authenticate(cookie)).toMatchObject({ role: 'reader', name: 'Renommée' })
  })

  test('carries ids only', async () => {
    const { decode } = await import('next-auth/jwt')
    const token = await decode({ token: cookie.split('=')[1] ?? '', secret: SECRET })
    expect(Object.keys(token ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid', 'sub'])
  })

  test('is nobody where there is none', async () => {
    expect(await authenticate(undefined)).toBeNull()
    expect(await authenticate('')).toBeNull()
  })

  test('forged with another secret is nobody', async () => {
    expect(
      await authenticate(await signed({ sid: actor.sessionId }, 'another secret, just as long as ours')),
    ).toBeNull()
  })

  test('with one character changed is nobody', async () => {
    const at = cookie.length - 20
    const other = cookie[at] === 'A' ? 'B' : 'A'
    expect(await authenticate(cookie.slice(0, at) + other + cookie.slice(at + 1))).toBeNull()
  })

  test('whose token has expired is nobody, though its row lives', async () => {
    expect(await authenticate(await signed({ sid: actor.sessionId }, SECRET, -60))).toBeNull()
    expect(await people.sessions.actorOf(actor.sessionId)).not.toBeNull()
  })

  test.each([
    ['no session', {}],
    ['a session that never was', { sid: '00000000-0000-4000-8000-000000000000' }],
    ['a session id that is no UUID', { sid: "' or true --" }],
    ['a session id that is no text', { sid: { id: 1 } }],
  ])('that names %s is nobody', async (_what, token) => {
    expect(await authenticate(await signed(token))).toBeNull()
  })

  test('of a session that was revoked is nobody', async () => {
    await people.sessions.end(actor.sessionId)
    expect(await authenticate(cookie)).toBeNull()
  })

  test('of a session whose row has expired is nobody', async () => {
    await change({ expiresAt: new Date(Date.now() - 1000) })
    expect(await authenticate(cookie)).toBeNull()
  })

  test('of a suspended volunteer is nobody, even with a live session', async () => {
    await database.orm
      .update(volunteers)
      .set({ suspendedAt: new Date() })
      .where(eq(volunteers.id, actor.volunteerId))
    expect((await rowOf(actor.sessionId)).revokedAt).toBeNull()
    expect(await authenticate(cookie)).toBeNull()
  })

  test('has the flags of a session cookie, and is secure where the newsroom is served over HTTPS', async () => {
    const parts = { database, events: recordedEvents(), secret: SECRET }
    const flags = { httpOnly: true, sameSite: 'lax', path: '/' }
    expect(await people.sessions.cookieFor(actor)).toMatchObject({
      ...flags,
      name: 'next-auth.session-token',
      secure: false,
    })
    const overHttps = createSessions({ ...parts, secureCookies: true })
    const made = await overHttps.cookieFor(actor)
    expect(made).toMatchObject({ ...flags, name: '__Secure-next-auth.session-token', secure: true })
    expect(await overHttps.authenticate(`${made.name}=${made.value}`)).toEqual(actor)
    expect(await overHttps.authenticate(cookie)).toBeNull()
  })
})

describe('a session that is used', () => {
  test('is written down as seen once in five minutes, not at every request', async () => {
    const before = await rowOf(actor.sessionId)
    await authenticate(cookie)
    expect(await rowOf(actor.sessionId)).toEqual(before)
    const old = new Date(Date.now() - 6 * 60_000)
    await change({ lastSeenAt: old })
    await Promise.all(Array.from({ length: 5 }, () => authenticate(cookie)))
    expect((await rowOf(actor.sessionId)).lastSeenAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  test('lives thirty days from the last time it was seen', async () => {
    await change({ lastSeenAt: new Date(Date.now() - 29 * DAY), expiresAt: new Date(Date.now() + DAY) })
    await authenticate(cookie)
    const days = ((await rowOf(actor.sessionId)).expiresAt.getTime() - Date.now()) / DAY
    expect(days).toBeGreaterThan(29.9)
    expect(days).toBeLessThanOrEqual(30.01)
  })

  test('never lives longer than 180 days', async () => {
    const createdAt = new Date(Date.now() - 170 * DAY)
    await change({ createdAt, lastSeenAt: new Date(Date.now() - DAY) })
    await authenticate(cookie)
    const days = ((await rowOf(actor.sessionId)).expiresAt.getTime() - createdAt.getTime()) / DAY
    expect(days).toBeCloseTo(180, 3)
  })

  test('that ended is not brought back by a request that was under way', async () => {
    await change({ lastSeenAt: new Date(Date.now() - DAY) })
    await Promise.all([authenticate(cookie), people.sessions.end(actor.sessionId)])
    expect(await authenticate(cookie)).toBeNull()
  })
})

describe('a cookie that has come before', () => {
  test('is nobody from the moment in which it expires, or its session ends', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const short = await signed({ sid: actor.sessionId }, SECRET, 60)
    expect(await authenticate(short)).toEqual(actor)
    vi.setSystemTime(Date.now() + 70_000)
    // next-auth lets clocks differ by 15 seconds.
    expect(await authenticate(short)).toEqual(actor)
    vi.setSystemTime(Date.now() + 6000)
    expect(await authenticate(short)).toBeNull()
    expect(await authenticate(cookie)).toEqual(actor)
    await people.sessions.end(actor.sessionId)
    expect(await authenticate(cookie)).toBeNull()
  })

  test('stays what it is among thousands of others', async () => {
    const others = await Promise.all(
      Array.from({ length: 1200 }, () => signed({ sid: '00000000-0000-4000-8000-000000000000' })),
    )
    expect(await authenticate(cookie)).toEqual(actor)
    for (const other of others) expect(await authenticate(other)).toBeNull()
    expect(await authenticate(cookie)).toEqual(actor)
  })
})
