import { createFeeds } from '#server/calendar/feeds.ts'
import { foundCalendar } from '#server/calendar/found.ts'
import { calendarRoomPort } from '#server/calendar/room-port.ts'
import { createTransfer } from '#server/calendar/transfer.ts'
import type { Feeds, Transfer } from '#server/calendar/types.ts'
import type { Database } from '#server/db/database.ts'
import { draftRoomPort } from '#server/drafts/room-port.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Logger } from '#server/log.ts'
import type { HoldDocument } from '#server/sync/ports.ts'
import { askOwners } from '#server/sync/room/owners.ts'
import { createSync } from '#server/sync/sync.ts'
import type { Sync } from '#server/sync/types.ts'

export type CalendarDesk = { readonly feeds: Feeds; readonly transfer: Transfer }

type Ground = {
  readonly database: Database
  readonly events: EventPort
  readonly log: Logger
  readonly publicUrl: URL
}

/** What the command line does with the calendar, which may never have been served yet. */
export async function atCalendarDesk<T>(
  ground: Ground,
  work: (desk: CalendarDesk) => Promise<T>,
): Promise<T> {
  const { database, events, publicUrl } = ground
  await foundCalendar(database.orm)
  const rooms = createRooms(ground)
  try {
    return await work({
      feeds: createFeeds({ database, publicUrl }),
      transfer: createTransfer({ database, events, hold: rooms.hold, publicUrl }),
    })
  } finally {
    await rooms.close()
  }
}

/**
 * Rooms of this process, opened when something first needs one. They commit and derive as the server’s do, beside
 * it or without it; a server that has the same document open is told, and reads what was written here.
 */
function createRooms({ database, events, log }: Ground): {
  readonly hold: HoldDocument
  close(): Promise<void>
} {
  let opened: Promise<Sync> | null = null
  const open = () => {
    const draft = draftRoomPort({ database, events })
    // Nobody comes in through a socket: there is no door here.
    return createSync({
      ...{ database, log, events, summaryOf: draft.summaryOf, authenticate: async () => null, origins: [] },
      ...askOwners({ draft, calendar: calendarRoomPort({ database, events }) }),
    })
  }
  return {
    async hold(name) {
      opened ??= open()
      const held = await (await opened).hold(name)
      if (!held.ok) return held
      const { edit, reach, derive, release } = held.value
      return {
        ok: true,
        value: {
          async edit(author, change) {
            const committed = await edit(author, change)
            if (committed) await events.publish({ type: 'document.written', document: name })
            return committed
          },
          reach,
          derive,
          release,
        },
      }
    },
    async close() {
      await (await opened)?.close()
    },
  }
}
