import { sql } from 'drizzle-orm'
import type { DecisionAction } from '#lib/domain/audit/decision.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { type Actor, can, type Role } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { record } from '#server/audit/record.ts'
import type { Transaction } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { withdrawInvitationsOf } from '#server/invitations/withdraw.ts'
import { awaitTurn } from '#server/newsroom/turn.ts'
import { endSessionsOf } from '#server/sessions/end-sessions.ts'
import { announce } from './announce.ts'
import { activeCoordinators, findVolunteer, updateVolunteer, type VolunteerChange } from './store.ts'
import type { Authority, ManageRefusal } from './types.ts'

export type StaffChange =
  | { readonly kind: 'role'; readonly role: Actor['role'] }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'reinstate' }

export const mayManage = (by: Authority, volunteerId: VolunteerId): boolean =>
  by === 'operator' || can(by, 'volunteer.manage', { volunteerId })

/**
 * Changes what a volunteer may do. Takes its turn behind every other change of the staff, then asks again who the
 * actor is: a coordinator who was demoted while waiting changes nobody. The same change made twice is told twice.
 */
export async function changeStaff(
  { tx, events }: { tx: Transaction; events: EventPort },
  by: Authority,
  id: VolunteerId,
  change: StaffChange,
): Promise<Result<void, ManageRefusal>> {
  await awaitTurn(tx)
  const coordinators = await activeCoordinators(tx)
  if (by !== 'operator' && !coordinators.has(by.volunteerId)) return fail('forbidden')
  const volunteer = await findVolunteer(tx, id)
  if (!volunteer) return fail('missing')
  const losesRights = change.kind === 'suspend' || (change.kind === 'role' && change.role !== 'coordinator')
  if (losesRights && coordinators.has(id) && coordinators.size === 1) return fail('lastCoordinator')

  await updateVolunteer(tx, id, columns(change))
  await writeDown(tx, by, volunteer, change)
  // What a coordinator promised to strangers ends with the right to promise it.
  if (losesRights) await withdrawInvitationsOf(tx, id)
  if (change.kind === 'suspend') await endSessionsOf(tx, id, null)
  await announce(events, tx, [{ type: 'volunteer.access', volunteerId: id }, { type: 'team.changed' }])
  return ok(undefined)
}

/** The same change made twice was decided once. */
async function writeDown(
  tx: Transaction,
  by: Authority,
  { id, role, suspendedAt }: { id: VolunteerId; role: Role; suspendedAt: Date | null },
  change: StaffChange,
): Promise<void> {
  const decision = (action: DecisionAction, more = {}) =>
    record(tx, {
      by: by === 'operator' ? null : by.volunteerId,
      action,
      detail: { volunteerId: id, ...more },
    })
  switch (change.kind) {
    case 'role':
      if (change.role !== role) await decision('volunteer.role', { from: role, to: change.role })
      break
    case 'suspend':
      if (suspendedAt === null) await decision('volunteer.suspended')
      break
    case 'reinstate':
      if (suspendedAt !== null) await decision('volunteer.reinstated')
  }
}

function columns(change: StaffChange): VolunteerChange {
  switch (change.kind) {
    case 'role':
      return { role: change.role }
    case 'suspend':
      return { suspendedAt: sql`coalesce(suspended_at, now())` }
    case 'reinstate':
      return { suspendedAt: null }
  }
}
