import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as Y from 'yjs'
import { newsroom } from '#drizzle/schema/index.ts'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Actor, Role } from '#lib/domain/permissions.ts'
import { foundCalendar } from '#server/calendar/found.ts'
import { createKeeper } from '#server/calendar/keeper.ts'
import { calendarRoomPort } from '#server/calendar/room-port.ts'
import type { Feeds, Transfer } from '#server/calendar/types.ts'
import { createCalendar } from '#server/calendar/use-cases.ts'
import type { Database } from '#server/db/database.ts'
import { draftRoomPort } from '#server/drafts/room-port.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import type { ServerEvent } from '#server/events/port.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { askOwners } from '#server/sync/room/owners.ts'
import { createSync } from '#server/sync/sync.ts'
import { addActor } from '#test/server/drafts/desk.ts'
import { ORIGIN, silent } from '#test/server/sync/harness.ts'
import { freshDatabase } from '#test/support/database.ts'
import { stockClient, synced } from '#test/support/sync-client.ts'

/** The time at which all tests of the archive take place: what ended before February 2027 is past. */
export const NOW = new Date('2027-03-15T16:00:00Z')

export async function freshNewsroom(): Promise<Database> {
  const database = await freshDatabase()
  await database.orm.insert(newsroom).values({ name: 'Essai', calendar: { zone: 'America/Toronto' } })
  await foundCalendar(database.orm)
  return database
}

/** As on the first day, but for the people. No rooms may be open. */
export async function resetNewsroom(database: Database): Promise<void> {
  await database.pool.query('truncate documents, document_updates, calendar_slots cascade')
  await foundCalendar(database.orm)
}

type Options = {
  readonly database: Database
  readonly limits?: Partial<SyncLimits>
  readonly now?: () => Date
}

/** The calendar of a newsroom with its rooms, on a port of its own; people are `who=<volunteer id>` cookies. */
export async function openNewsroom({ database, limits, now = () => NOW }: Options) {
  const people = new Map<string, Actor>()
  const told: ServerEvent[] = []
  const listeners = new Set<(event: ServerEvent) => void>()
  const publish = async (event: ServerEvent) => {
    told.push(event)
    for (const listener of listeners) listener(event)
  }
  const events = {
    publish,
    subscribe: (listener: (event: ServerEvent) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onGap: () => () => {},
  }
  const calendarRoom = calendarRoomPort({ database, events })
  const draft = draftRoomPort({ database, events })
  const sync = await createSync({
    database,
    log: silent,
    events,
    authenticate: async (cookie) => people.get(/who=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '') ?? null,
    ...askOwners({ draft, calendar: calendarRoom }),
    summaryOf: draft.summaryOf,
    origins: [ORIGIN],
    limits: { projectAfter: 5, projectAtLatest: 20, idleAfter: 20, ...limits },
  })
  const keeper = createKeeper({ orm: database.orm, hold: sync.hold, log: silent, now })
  calendarRoom.onProjected(keeper.heard)
  const drafts = createDrafts({ database, events, edit: sync.edit })
  const calendar = createCalendar({
    database,
    events,
    hold: sync.hold,
    drafts,
    // Their tests have them.
    feeds: {} as Feeds,
    transfer: {} as Transfer,
    now,
  })
  const http = createServer()
  http.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const url = `ws://127.0.0.1:${port}/collab`

  const admit = (actor: Actor) => {
    people.set(actor.volunteerId, actor)
    return { cookie: `who=${actor.volunteerId}`, origin: ORIGIN }
  }
  return {
    sync,
    keeper,
    calendar,
    drafts,
    told,
    publish,
    url,
    admit,
    person: (role: Role, name?: string) => addActor(database, role, name),
    async join(actor: Actor) {
      const client = stockClient(url, CALENDAR.name, admit(actor))
      await synced(client)
      return client
    },
    /** Plans on the server’s side. */
    async plan(...slots: readonly Slot[]) {
      const [first] = slots
      const author = first?.createdBy ?? (await addActor(database)).volunteerId
      await sync.edit(CALENDAR.name, author, (doc) => {
        for (const slot of slots) putSlot(doc, slot)
      })
    },
    /** The rows as they are once they tell of everything. */
    async rows() {
      const held = await sync.hold(CALENDAR.name)
      if (!held.ok) throw new Error(held.error)
      await held.value.derive()
      held.value.release()
      return calendar.range('operator', null, null)
    },
    async row(id: SlotId) {
      return (await this.rows()).find((row) => row.slot.id === id) ?? null
    },
    /** The document as it is in the log. */
    async document(): Promise<Y.Doc> {
      return (await readDocument(database.orm, CALENDAR.name)) ?? new Y.Doc()
    },
    async close() {
      await keeper.close()
      http.close()
      await sync.close()
      http.closeAllConnections()
    },
  }
}

export type OpenNewsroom = Awaited<ReturnType<typeof openNewsroom>>
