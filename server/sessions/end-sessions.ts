import type { LoginSessionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Transaction } from '#server/db/database.ts'
import { revoke } from './store.ts'

/**
 * Ends a volunteer's sessions within a change that takes their rights away: both are committed, or neither.
 * @returns the ids to announce as ended
 */
export const endSessionsOf = (
  tx: Transaction,
  volunteerId: VolunteerId,
  except: LoginSessionId | null,
): Promise<readonly LoginSessionId[]> => revoke(tx, { volunteerId, except })
