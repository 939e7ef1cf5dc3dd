import type { Orm } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { HoldDocument } from '#server/sync/ports.ts'
import { createFreeze } from './freeze.ts'
import { createKeep } from './keep.ts'
import type { Revisions } from './port.ts'
import { findWritersSince } from './store.ts'

type Parts = {
  readonly orm: Orm
  /** Null in a process without rooms. */
  readonly hold: HoldDocument | null
  readonly events: Pick<EventPort, 'publish'>
}

/** What reviews and restores keep, and ask of what was kept. */
export const createRevisions = ({ orm, hold, events }: Parts): Revisions => ({
  freeze: createFreeze(orm, hold),
  keep: createKeep(events),
  writersSince: findWritersSince,
})
