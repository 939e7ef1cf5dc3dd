import { type InvalidFields, parseAccount } from '#lib/domain/accounts/fields.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import { fail, type Result } from '#lib/domain/result.ts'
import type { Database, Orm } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { foundNewsroom } from '#server/newsroom/found.ts'
import { createThrottle } from '#server/sessions/throttle.ts'
import { allOrNothing } from './all-or-nothing.ts'
import { announce } from './announce.ts'
import { enrol } from './enrol.ts'
import { changeStaff, mayManage, type StaffChange } from './manage.ts'
import { hashPassword } from './password-hash.ts'
import { changePassword, updateProfile } from './profile.ts'
import { listVolunteers } from './store.ts'
import type { Authority, ManageRefusal, NewVolunteer, VolunteerSummary, Volunteers } from './types.ts'

type Parts = { database: Database; events: EventPort; secret: string }

export function createVolunteers({ database, events, secret }: Parts): Volunteers {
  const { orm } = database
  const parts = { orm, events, throttle: createThrottle({ database, secret }) }

  async function manage(
    by: Authority,
    id: VolunteerId,
    change: StaffChange,
  ): Promise<Result<void, ManageRefusal>> {
    if (!mayManage(by, id)) return fail('forbidden')
    return allOrNothing(orm, (tx) => changeStaff({ tx, events }, by, id, change))
  }

  return {
    list: (by) => list(orm, by),
    changeRole: (by, id, role) => manage(by, id, { kind: 'role', role }),
    suspend: (by, id) => manage(by, id, { kind: 'suspend' }),
    reinstate: (by, id) => manage(by, id, { kind: 'reinstate' }),
    updateProfile: (actor, change) => updateProfile(parts, actor, change),
    changePassword: (actor, change) => changePassword(parts, actor, change),
    add: (input) => add(parts, input),
  }
}

async function list(orm: Orm, by: Authority): Promise<readonly VolunteerSummary[]> {
  if (by !== 'operator' && !can(by, 'team.read', null)) return []
  const seesEmail = (id: VolunteerId) => mayManage(by, id) || (by !== 'operator' && by.volunteerId === id)
  return (await listVolunteers(orm)).map(({ passwordHash: _, email, ...row }) => ({
    ...row,
    email: seesEmail(row.id) ? email : null,
  }))
}

async function add(
  { orm, events }: { orm: Orm; events: EventPort },
  { role, locale, ...typed }: NewVolunteer,
): Promise<Result<VolunteerId, InvalidFields>> {
  const account = parseAccount(typed)
  if (!account.ok) return account
  const { name, email, password } = account.value
  const passwordHash = await hashPassword(password)
  return allOrNothing(orm, async (tx) => {
    const enrolled = await enrol(tx, { name, email, passwordHash, role, locale }, 'operator')
    if (!enrolled.ok) return enrolled
    await foundNewsroom(tx, null)
    await announce(events, tx, [{ type: 'team.changed' }])
    return enrolled
  })
}
