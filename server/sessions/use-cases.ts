import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { parseEmail } from '#lib/domain/accounts/email.ts'
import { ABSOLUTE_MS } from '#lib/domain/accounts/lifetime.ts'
import { addressBlock, LIMITS } from '#lib/domain/accounts/throttle.ts'
import { type LoginSessionId, parseLoginSessionId, type VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Database, Orm } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { announce } from '#server/volunteers/announce.ts'
import { credentialsOf, renewHash } from '#server/volunteers/credentials.ts'
import { verifyPassword } from '#server/volunteers/password-hash.ts'
import { cookieName, sessionToken } from './cookie.ts'
import { actorFinder, insertSession, liveSessions, revoke } from './store.ts'
import { type Counter, createThrottle, type Throttle } from './throttle.ts'
import { tokenReader } from './token.ts'
import type { SessionCookie, Sessions, SignIn } from './types.ts'

type Parts = { database: Database; events: EventPort; secret: string; secureCookies: boolean }

export function createSessions({ database, events, secret, secureCookies }: Parts): Sessions {
  const { orm } = database
  const throttle = createThrottle({ database, secret })
  const sidOf = tokenReader(secret)
  const findActor = actorFinder(orm)

  const actorOf = async (id: string) => {
    const sessionId = parseLoginSessionId(id)
    return sessionId && findActor(sessionId)
  }
  const endChosen = (which: Parameters<typeof revoke>[1]) =>
    orm.transaction(async (tx) => {
      const ended = await revoke(tx, which)
      const news = ended.map((sessionId) => ({ type: 'session.ended', sessionId }) as const)
      await announce(events, tx, news)
    })

  return {
    tokenSecret: secret,
    actorOf,
    signIn: (input) => signIn({ orm, throttle }, input),
    open: (volunteerId, userAgent) => open(orm, volunteerId, userAgent),
    cookieFor: (actor) => cookieFor(actor, secret, secureCookies),

    async authenticate(cookieHeader) {
      const token = sessionToken(cookieHeader, cookieName(secureCookies))
      const sid = token && (await sidOf(token))
      return sid ? actorOf(sid) : null
    },

    end: (id) => endChosen({ id }),

    async endOne(actor, id) {
      const mine = await liveSessions(orm, actor.volunteerId)
      if (!mine.some((session) => session.id === id)) return fail('missing')
      await endChosen({ id })
      return ok(undefined)
    },

    endAll: ({ volunteerId, sessionId }, { keepThis }) =>
      endChosen({ volunteerId, except: keepThis ? sessionId : null }),

    async listOf(actor) {
      const rows = await liveSessions(orm, actor.volunteerId)
      return rows.map(({ id, userAgent, createdAt, lastSeenAt }) => ({
        ...{ id, userAgent, createdAt, lastSeenAt },
        current: id === actor.sessionId,
      }))
    },
  }
}

type SignInParts = { orm: Orm; throttle: Throttle }

/** A wrong password and an account that does not exist get the same answer after the same work. */
async function signIn(
  { orm, throttle }: SignInParts,
  { email: typed, password, address, userAgent }: SignIn,
): Promise<Result<Actor, 'invalid' | 'throttled' | 'suspended'>> {
  const email = parseEmail(typed) ?? ''
  const block = addressBlock(address)
  const here: Counter = { limit: LIMITS.accountAtAddress, subject: [email, block] }
  const counters: Counter[] = [here, { limit: LIMITS.address, subject: [block] }]
  if (!(await throttle.isKnown([email, block]))) counters.push({ limit: LIMITS.account, subject: [email] })
  if (!(await throttle.take(counters))) return fail('throttled')

  const account = await credentialsOf(orm, email)
  if (!(await verifyPassword(account?.passwordHash ?? null, password)) || !account) return fail('invalid')
  await throttle.giveBack(counters)
  // Told only to whoever knows the password: to a stranger a suspended account is like any other.
  if (account.suspendedAt) return fail('suspended')
  await throttle.clear(here)
  await throttle.remember([email, block])
  await renewHash(orm, account, password)
  const actor = await open(orm, account.id, userAgent)
  return actor ? ok(actor) : fail('suspended')
}

async function open(orm: Orm, volunteerId: VolunteerId, userAgent: string): Promise<Actor | null> {
  const id = randomUUID() as string as LoginSessionId
  await insertSession(orm, { id, volunteerId, userAgent: userAgent.slice(0, 400) })
  return actorFinder(orm)(id)
}

/** The token holds ids only: what a person is called and may do is read from the rows at each request. */
async function cookieFor(actor: Actor, secret: string, secure: boolean): Promise<SessionCookie> {
  const token = { sub: actor.volunteerId, sid: actor.sessionId }
  return {
    name: cookieName(secure),
    value: await encode({ token, secret, maxAge: ABSOLUTE_MS / 1000 }),
    ...{ httpOnly: true, sameSite: 'lax', path: '/', secure },
    expires: new Date(Date.now() + ABSOLUTE_MS),
  }
}
