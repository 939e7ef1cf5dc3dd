import type { DraftFacts } from '#lib/documents/draft/shape.ts'
import { type DocumentAddress, type DocumentName, parseDocumentName } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Authorise } from '#server/sync/ports.ts'
import { advanceProjection, findStanding, findSummary, updateDerived } from './store.ts'

/** What a draft's document says after its update `seq`; rows are written from it. */
export type Projection = {
  readonly name: DocumentName
  readonly address: DocumentAddress
  readonly seq: number
  readonly facts: DraftFacts
  /** Null where the server itself wrote (a migration). */
  readonly lastEditor: VolunteerId | null
  readonly lastEditedAt: Date
}

/** What the rooms ask of the feature whose documents they hold. */
export type DraftRoomPort = {
  readonly authorise: Authorise
  /** Writes the rows that lists read, never backwards, then tells every process. */
  project(projection: Projection): Promise<void>
  summaryOf(id: DraftId): Promise<DraftSummary | null>
}

export function draftRoomPort({
  database,
  events,
}: {
  database: Database
  events: Pick<EventPort, 'publish'>
}): DraftRoomPort {
  const { orm } = database
  return {
    async authorise(actor, document) {
      const address = parseDocumentName(document)
      const standing = address && (await findStanding(orm, address.id))
      if (!standing) return 'missing'
      if (!can(actor, 'draft.read', null)) return 'forbidden'
      return can(actor, 'draft.edit', standing) ? 'write' : 'read'
    },

    async project({ name, address, seq, facts, lastEditor, lastEditedAt }) {
      const moved = await orm.transaction(async (tx) => {
        // The row of the document is locked first: of two processes, the one with the older text finds itself late.
        if (!(await advanceProjection(tx, name, seq))) return false
        const edit = lastEditor && { editor: lastEditor, at: lastEditedAt }
        await updateDerived(tx, address.id, facts, edit)
        return true
      })
      if (moved) await events.publish({ type: 'draft.changed', draftId: address.id })
    },

    summaryOf: (id) => findSummary(orm, id),
  }
}
