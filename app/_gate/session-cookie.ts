import { cookies } from 'next/headers'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { currentActor } from './actor.ts'
import { services } from './services.ts'
import { visitor } from './visitor.ts'

/** Gives this browser, within a server action, the session that was just opened for it. */
export async function carrySession(actor: Actor): Promise<void> {
  await endPrevious()
  const { name, value, ...options } = await services().sessions.cookieFor(actor)
  const jar = await cookies()
  jar.set(name, value, options)
}

/** Signs in somebody whom the server action has just made a volunteer. */
export async function signInAs(volunteerId: VolunteerId): Promise<void> {
  const actor = await services().sessions.open(volunteerId, (await visitor()).userAgent)
  if (actor) await carrySession(actor)
}

/** Signing in again in one browser ends its session before: the cookie that carried it is overwritten. */
export async function endPrevious(): Promise<void> {
  const previous = await currentActor()
  if (previous) await services().sessions.end(previous.sessionId)
}

/** The session behind it has ended: the browser need not carry its token any longer. */
export async function dropSessionCookie(): Promise<void> {
  const jar = await cookies()
  for (const { name } of jar.getAll()) {
    if (!name.includes('next-auth.session-token')) continue
    // A browser lets a `__Secure-` cookie be overwritten by a secure one only, also to take it away.
    const secure = name.startsWith('__Secure-')
    jar.set(name, '', { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: 0 })
  }
}
