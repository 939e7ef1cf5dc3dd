import { createFeeds } from '#server/calendar/feeds.ts'
import { foundCalendar } from '#server/calendar/found.ts'
import { createTransfer } from '#server/calendar/transfer.ts'
import type { Feeds, Transfer } from '#server/calendar/types.ts'
import { migrate, NewerDatabaseError } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import type { Drafts } from '#server/drafts/types.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { readSecret } from '#server/secret.ts'
import type { Volunteers } from '#server/volunteers/types.ts'
import { createVolunteers } from '#server/volunteers/use-cases.ts'
import { type Context, failed, type Outcome } from './command.ts'
import { createRooms } from './rooms.ts'

export type Newsroom = {
  readonly drafts: Drafts
  readonly volunteers: Volunteers
  readonly feeds: Feeds
  readonly transfer: Transfer
}

/**
 * Opens what the server itself works with, runs `work`, and closes it again: beside a running server, or in its
 * place. What is changed is announced, so that open pages show it at once.
 */
export async function inNewsroom(
  { config }: Context,
  work: (newsroom: Newsroom) => Promise<Outcome>,
): Promise<Outcome> {
  if (!config.ok) return failed(config.error.join('\n'))
  const secret = await readSecret(config.value)
  if (!secret.ok) return failed(secret.error)
  // Standard output belongs to the command’s answer: what would be logged is said in that answer or not at all.
  const log = createLog({ logLevel: 'silent' })
  const open = await openDatabase({ config: config.value, log })
  if (!open.ok) return failed(open.error)
  const { database } = open.value
  try {
    await migrate(database)
    const events = await createEvents({ database, log })
    try {
      await foundCalendar(database.orm)
      const rooms = createRooms({ database, events, log })
      const { publicUrl } = config.value
      try {
        return await work({
          // What people type lives in the server’s rooms: here drafts are only begun and read.
          drafts: createDrafts({ database, events, edit: null }),
          volunteers: createVolunteers({ database, events, secret: secret.value }),
          feeds: createFeeds({ database, publicUrl }),
          transfer: createTransfer({ database, events, hold: rooms.hold, publicUrl }),
        })
      } finally {
        await rooms.close()
      }
    } finally {
      await events.close()
    }
  } catch (error) {
    if (error instanceof NewerDatabaseError) return failed(error.message)
    throw error
  } finally {
    await open.value.stop()
  }
}
