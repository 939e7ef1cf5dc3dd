import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { calendarRoomPort } from '#server/calendar/room-port.ts'
import { draftRoomPort } from '#server/drafts/room-port.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createRevisions } from '#server/history/revisions.ts'
import { createLog } from '#server/log.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { askOwners } from '#server/sync/room/owners.ts'
import { createSync } from '#server/sync/sync.ts'
import { freshDatabase } from '#test/support/database.ts'
import { stockClient, synced } from '#test/support/sync-client.ts'
import { addActor, granted } from '../drafts/desk.ts'

export const silent = createLog({ logLevel: 'silent' })

/** Drafts, rooms on a port and their history, as the server puts them together. People are `who=<id>` cookies. */
export async function makeHouse(limits: Partial<SyncLimits> = {}) {
  const database = await freshDatabase()
  const events = await createEvents({ database, log: silent })
  const port = draftRoomPort({ database, events })
  const people = new Map<string, Actor>()
  const sync = await createSync({
    database,
    log: silent,
    events,
    authenticate: async (cookie) => people.get(/who=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '') ?? null,
    origins: [],
    ...askOwners({ draft: port, calendar: calendarRoomPort({ database, events }) }),
    summaryOf: port.summaryOf,
    limits,
  })
  const http = createServer()
  http.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port: number } = http.address() as AddressInfo
  const { orm } = database
  const drafts = createDrafts({ database, events, edit: sync.edit })
  const revisions = createRevisions({ orm, hold: sync.hold, events })
  const join = async (name: string, role: Actor['role'] = 'editor') => {
    const actor = await addActor(database, role, name)
    people.set(actor.volunteerId, actor)
    return actor
  }
  const open = async (actor: Actor, id: DraftId) => {
    const cookie = `who=${actor.volunteerId}`
    const client = stockClient(`ws://127.0.0.1:${number}/collab`, draftDocument(id), { cookie })
    await synced(client)
    return client
  }
  const begin = async (actor: Actor, title = 'Essai') => granted(await drafts.create(actor, { title }))
  const close = async () => {
    http.close()
    await sync.close()
    http.closeAllConnections()
    await events.close()
  }
  return { database, orm, events, port, sync, drafts, revisions, join, open, begin, close }
}

export type HistoryHouse = Awaited<ReturnType<typeof makeHouse>>
