import type { Database } from '#server/db/database.ts'
import type { Drafts } from '#server/drafts/types.ts'
import type { EventPort } from '#server/events/port.ts'
import type { HoldDocument } from '#server/sync/ports.ts'

/** What the calendar’s use cases are made of. */
export type CalendarParts = {
  readonly database: Database
  readonly events: Pick<EventPort, 'publish'>
  /** Null in a process without rooms. */
  readonly hold: HoldDocument | null
  readonly drafts: Pick<Drafts, 'create' | 'archive' | 'list' | 'faces'>
  readonly now: () => Date
}
