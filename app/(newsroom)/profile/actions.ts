'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { line, locale, loginSessionId, secret } from '#app/_gate/schemas.ts'
import { dropSessionCookie } from '#app/_gate/session-cookie.ts'
import { ok } from '#lib/domain/result.ts'

const profile = z.object({ name: line.optional(), color: line.optional(), locale: locale.optional() })

export const updateProfile = newsroomAction(profile, (actor, { name, color, locale }, { volunteers }) =>
  volunteers.updateProfile(actor, {
    ...(name !== undefined && { name }),
    ...(color !== undefined && { color }),
    ...(locale !== undefined && { locale }),
  }),
)

/** Ends every other session; this browser stays signed in. */
export const changePassword = newsroomAction(
  z.object({ current: secret, next: secret }),
  (actor, input, { volunteers }) => volunteers.changePassword(actor, input),
)

/** Ends one of the actor's own sessions, on whatever device. */
export const endSession = newsroomAction(z.object({ id: loginSessionId }), (actor, { id }, { sessions }) =>
  sessions.endOne(actor, id),
)

export const signOut = newsroomAction(z.object({}), async (actor, _input, { sessions }) => {
  await sessions.end(actor.sessionId)
  await dropSessionCookie()
  return ok(undefined)
})

/** Ends all of the actor's sessions, this one included. */
export const signOutEverywhere = newsroomAction(z.object({}), async (actor, _input, { sessions }) => {
  await sessions.endAll(actor, { keepThis: false })
  await dropSessionCookie()
  return ok(undefined)
})
