import { can } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { RoomPort } from '#server/sync/ports.ts'

/** What the rooms ask of the calendar. */
export function calendarRoomPort({ database }: { database: Database }): RoomPort<'calendar'> {
  return {
    async authorise(actor) {
      if (!can(actor, 'calendar.read', null)) return 'forbidden'
      return can(actor, 'slot.edit', null) ? 'write' : 'read'
    },

    async project({ name, seq }) {
      await database.pool.query(
        'update documents set projected_seq = greatest(projected_seq, $2) where name = $1',
        [name, seq],
      )
    },
  }
}
