import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'
import type { Transaction } from '#server/db/database.ts'
import { shareVolunteer } from './store.ts'

/**
 * The role a volunteer has at this moment; it cannot change before the transaction ends.
 * @returns null for somebody suspended
 */
export async function roleNow(tx: Transaction, id: VolunteerId): Promise<Role | null> {
  const volunteer = await shareVolunteer(tx, id)
  return volunteer && !volunteer.suspendedAt ? volunteer.role : null
}
