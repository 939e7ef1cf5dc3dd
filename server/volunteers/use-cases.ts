import { isColor } from '#lib/domain/accounts/colors.ts'
import { invalid, parseAccount } from '#lib/domain/accounts/fields.ts'
import { nameProblem, tidyName } from '#lib/domain/accounts/name.ts'
import { passwordProblem } from '#lib/domain/accounts/password.ts'
import { LIMITS } from '#lib/domain/accounts/throttle.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { foundNewsroom } from '#server/newsroom/found.ts'
import { endSessionsOf } from '#server/sessions/end-sessions.ts'
import { createThrottle } from '#server/sessions/throttle.ts'
import { allOrNothing } from './all-or-nothing.ts'
import { announce } from './announce.ts'
import { enrol } from './enrol.ts'
import { changeStaff, mayManage, type StaffChange } from './manage.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { findVolunteer, listVolunteers, replaceHash, updateVolunteer } from './store.ts'
import type { Authority, ManageRefusal, Volunteers } from './types.ts'

type Parts = { database: Database; events: EventPort; secret: string }

export function createVolunteers({ database, events, secret }: Parts): Volunteers {
  const { orm } = database
  const throttle = createThrottle({ database, secret })

  async function manage(
    by: Authority,
    id: VolunteerId,
    change: StaffChange,
  ): Promise<Result<void, ManageRefusal>> {
    if (!mayManage(by, id)) return fail('forbidden')
    const changed = await orm.transaction((tx) => changeStaff(tx, by, id, change))
    if (!changed.ok) return changed
    await announce(events, changed.value)
    return ok(undefined)
  }

  return {
    changeRole: (by, id, role) => manage(by, id, { kind: 'role', role }),
    suspend: (by, id) => manage(by, id, { kind: 'suspend' }),
    reinstate: (by, id) => manage(by, id, { kind: 'reinstate' }),

    async list(by) {
      if (by !== 'operator' && !can(by, 'team.read', null)) return []
      const seesEmail = (id: VolunteerId) => mayManage(by, id) || (by !== 'operator' && by.volunteerId === id)
      return (await listVolunteers(orm)).map(({ passwordHash: _, email, ...row }) => ({
        ...row,
        email: seesEmail(row.id) ? email : null,
      }))
    },

    async updateProfile(actor, change) {
      const name = change.name === undefined ? undefined : tidyName(change.name)
      const problem = name === undefined ? null : nameProblem(name)
      if (problem) return invalid({ name: problem })
      if (change.color !== undefined && !isColor(change.color)) return invalid({ color: 'colorUnknown' })
      const columns = {
        ...(name !== undefined && { name }),
        ...(change.color !== undefined && { color: change.color }),
        ...(change.locale !== undefined && { locale: change.locale }),
      }
      if (Object.keys(columns).length === 0) return ok(undefined)
      await updateVolunteer(orm, actor.volunteerId, columns)
      // Rooms stamp carets with the name and colour they read when the socket opened.
      const seen = name !== undefined || change.color !== undefined
      if (seen) {
        const { volunteerId } = actor
        await announce(events, [{ type: 'volunteer.access', volunteerId }, { type: 'team.changed' }])
      }
      return ok(undefined)
    },

    async changePassword(actor, { current, next }) {
      const { volunteerId, sessionId } = actor
      const counters = [{ limit: LIMITS.password, subject: [volunteerId] }]
      if (!(await throttle.take(counters))) return fail('throttled')
      const from = (await findVolunteer(orm, volunteerId))?.passwordHash ?? null
      if (!(await verifyPassword(from, current)) || from === null) return fail('wrongPassword')
      await throttle.giveBack(counters)
      const problem = passwordProblem(next, actor)
      if (problem) return invalid({ next: problem })
      const to = await hashPassword(next)
      const ended = await orm.transaction(async (tx) => {
        const replaced = await replaceHash(tx, volunteerId, { from, to })
        return replaced ? endSessionsOf(tx, volunteerId, sessionId) : null
      })
      if (!ended) return fail('wrongPassword')
      await announce(
        events,
        ended.map((id) => ({ type: 'session.ended', sessionId: id })),
      )
      return ok(undefined)
    },

    async add({ role, locale, ...typed }) {
      const account = parseAccount(typed)
      if (!account.ok) return account
      const { name, email, password } = account.value
      const passwordHash = await hashPassword(password)
      const added = await allOrNothing(orm, async (tx) => {
        const enrolled = await enrol(tx, { name, email, passwordHash, role, locale })
        if (enrolled.ok) await foundNewsroom(tx, null)
        return enrolled
      })
      if (added.ok) await announce(events, [{ type: 'team.changed' }])
      return added
    },
  }
}
