import { can } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { ProjectionOf, RoomPort, SummaryOf } from '#server/sync/ports.ts'
import { projectionWriter } from './projections.ts'
import { findStanding, findSummary } from './store.ts'

/** What the rooms ask of the feature whose documents they hold. */
export type DraftRoomPort = RoomPort<'draft'> & {
  readonly summaryOf: SummaryOf
  /** Calls back when the rows of a draft say what it says now; in the process that has it open. */
  onProjected(listener: (projection: ProjectionOf<'draft'>) => void): void
}

export function draftRoomPort({
  database,
  events,
}: {
  database: Database
  events: Pick<EventPort, 'publish'>
}): DraftRoomPort {
  const { orm, pool } = database
  const writeProjection = projectionWriter(pool)
  const listeners: ((projection: ProjectionOf<'draft'>) => void)[] = []
  return {
    async authorise(actor, address) {
      const standing = await findStanding(orm, address.id)
      if (!standing) return 'missing'
      if (!can(actor, 'draft.read', null)) return 'forbidden'
      return can(actor, 'draft.edit', standing) ? 'write' : 'read'
    },

    /** Writes the rows that lists read, never backwards, then tells every process. */
    async project(projection) {
      await writeProjection(projection)
      // Also where nothing moved: an earlier call may have committed and then failed to say so.
      await events.publish({ type: 'draft.changed', draftId: projection.address.id })
      for (const listener of listeners) listener(projection)
    },

    onProjected: (listener) => void listeners.push(listener),
    summaryOf: (id) => findSummary(orm, id),
  }
}
