import { isColor } from '#lib/domain/accounts/colors.ts'
import { type InvalidFields, invalid } from '#lib/domain/accounts/fields.ts'
import { nameProblem, tidyName } from '#lib/domain/accounts/name.ts'
import { passwordProblem } from '#lib/domain/accounts/password.ts'
import { LIMITS } from '#lib/domain/accounts/throttle.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Orm } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { endSessionsOf } from '#server/sessions/end-sessions.ts'
import type { Throttle } from '#server/sessions/throttle.ts'
import { allOrNothing } from './all-or-nothing.ts'
import { announce } from './announce.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { findVolunteer, replaceHash, updateVolunteer } from './store.ts'
import type { PasswordChange, ProfileChange } from './types.ts'

type Parts = { readonly orm: Orm; readonly events: EventPort; readonly throttle: Throttle }

export async function updateProfile(
  { orm, events }: Parts,
  { volunteerId }: Actor,
  change: ProfileChange,
): Promise<Result<void, InvalidFields>> {
  const name = change.name === undefined ? undefined : tidyName(change.name)
  const problem = name === undefined ? null : nameProblem(name)
  if (problem) return invalid({ name: problem })
  if (change.color !== undefined && !isColor(change.color)) return invalid({ color: 'colorUnknown' })
  const { color, locale } = change
  const columns = Object.entries({ name, color, locale }).filter(([, value]) => value !== undefined)
  if (columns.length === 0) return ok(undefined)
  await orm.transaction(async (tx) => {
    await updateVolunteer(tx, volunteerId, Object.fromEntries(columns))
    // Rooms stamp carets with the name and colour they read when the socket opened; a language shows nowhere.
    if (name === undefined && color === undefined) return
    await announce(events, tx, [{ type: 'volunteer.access', volunteerId }, { type: 'team.changed' }])
  })
  return ok(undefined)
}

export async function changePassword(
  { orm, events, throttle }: Parts,
  actor: Actor,
  { current, next }: PasswordChange,
): Promise<Result<void, 'wrongPassword' | 'throttled' | InvalidFields>> {
  const { volunteerId, sessionId } = actor
  // A stolen session must not become the password itself.
  const counters = [{ limit: LIMITS.password, subject: [volunteerId] }]
  if (!(await throttle.take(counters))) return fail('throttled')
  const from = (await findVolunteer(orm, volunteerId))?.passwordHash ?? null
  if (!(await verifyPassword(from, current)) || from === null) return fail('wrongPassword')
  await throttle.giveBack(counters)
  const problem = passwordProblem(next, actor)
  if (problem) return invalid({ next: problem })
  const to = await hashPassword(next)
  return allOrNothing<void, 'wrongPassword'>(orm, async (tx) => {
    if (!(await replaceHash(tx, volunteerId, { from, to }))) return fail('wrongPassword')
    const ended = await endSessionsOf(tx, volunteerId, sessionId)
    await announce(
      events,
      tx,
      ended.map((id) => ({ type: 'session.ended', sessionId: id })),
    )
    return ok(undefined)
  })
}
