import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Revisions } from '#server/history/port.ts'
import type { Notify } from '#server/inbox/port.ts'

/** What reviews are made with. */
export type Parts = {
  readonly database: Database
  readonly events: Pick<EventPort, 'publish'>
  readonly revisions: Revisions
  readonly notify: Notify
}
