import type { Audit } from '#server/audit/types.ts'
import { createAudit } from '#server/audit/use-cases.ts'
import { migrate, NewerDatabaseError } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import type { Drafts } from '#server/drafts/types.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { readSecret } from '#server/secret.ts'
import type { Volunteers } from '#server/volunteers/types.ts'
import { createVolunteers } from '#server/volunteers/use-cases.ts'
import type { CalendarDesk } from './calendar-desk.ts'
import { type Context, failed, type Outcome } from './command.ts'

export type Newsroom = {
  readonly drafts: Drafts
  readonly volunteers: Volunteers
  readonly audit: Audit
  withCalendar(work: (desk: CalendarDesk) => Promise<Outcome>): Promise<Outcome>
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
      const { publicUrl } = config.value
      return await work({
        // What people type lives in the server’s rooms: here drafts are only begun and read.
        drafts: createDrafts({ database, events, edit: null }),
        volunteers: createVolunteers({ database, events, secret: secret.value }),
        audit: createAudit({ database }),
        async withCalendar(use) {
          // Most commands have nothing to do with it: it is loaded by those that do.
          const { atCalendarDesk } = await import('./calendar-desk.ts')
          return atCalendarDesk({ database, events, log, publicUrl }, use)
        },
      })
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
