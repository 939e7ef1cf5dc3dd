import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Transaction } from '#server/db/database.ts'
import { revokeInvitations } from './store.ts'

/** Revokes what a volunteer has promised, within the change that takes the right to promise it away. */
export async function withdrawInvitationsOf(tx: Transaction, invitedBy: VolunteerId): Promise<void> {
  await revokeInvitations(tx, { invitedBy })
}
