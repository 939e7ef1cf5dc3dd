import { readConfig } from '#server/config.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import type { Drafts } from '#server/drafts/types.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { readSecret } from '#server/secret.ts'
import type { Volunteers } from '#server/volunteers/types.ts'
import { createVolunteers } from '#server/volunteers/use-cases.ts'

export type Desk = { readonly volunteers: Volunteers; readonly drafts: Drafts }

/**
 * What the command line does beside a running server, without a process for each step: for tests that need people
 * and drafts and are about something else.
 * @param env settings of that server
 */
export async function atDesk<T>(
  dataFolder: string,
  work: (desk: Desk) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const config = readConfig({ NODE_ENV: 'production', PUPITRE_DATA: dataFolder, ...env }, dataFolder)
  if (!config.ok) throw new Error(config.error.join('\n'))
  const log = createLog({ logLevel: 'silent' })
  const secret = await readSecret(config.value)
  if (!secret.ok) throw new Error(secret.error)
  const open = await openDatabase({ config: config.value, log })
  if (!open.ok) throw new Error(open.error)
  const { database, stop } = open.value
  try {
    await migrate(database)
    const events = await createEvents({ database, log })
    try {
      return await work({
        volunteers: createVolunteers({ database, events, secret: secret.value }),
        drafts: createDrafts({ database, events, edit: null }),
      })
    } finally {
      await events.close()
    }
  } finally {
    await stop()
  }
}
