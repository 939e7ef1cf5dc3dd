import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { decisions, drafts as draftRows, newsroom, verdicts, volunteers } from '#drizzle/schema/index.ts'
import { bodyOf as bodyIn } from '#lib/documents/draft/roots.ts'
import { textHash, textOf } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor, Role } from '#lib/domain/permissions.ts'
import type { ReviewSettings } from '#lib/domain/review/settings.ts'
import { calendarRoomPort } from '#server/calendar/room-port.ts'
import type { Database } from '#server/db/database.ts'
import { draftRoomPort } from '#server/drafts/room-port.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createRevisions } from '#server/history/revisions.ts'
import type { Notice } from '#server/inbox/port.ts'
import { newsOf } from '#server/news.ts'
import { createReviews } from '#server/review/use-cases.ts'
import { createWatch } from '#server/review/watch.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { askOwners } from '#server/sync/room/owners.ts'
import { createSync } from '#server/sync/sync.ts'
import { addActor, bodyOf, granted } from '#test/server/drafts/desk.ts'
import { ORIGIN, silent } from '#test/server/sync/harness.ts'
import { freshDatabase } from '#test/support/database.ts'

/** Nothing to tick: what tests of the checklist add. */
export const SETTINGS: ReviewSettings = { mode: 'one', channels: {}, checklist: [] }

export async function freshNewsroom(settings: Partial<ReviewSettings> = {}): Promise<Database> {
  const database = await freshDatabase()
  await database.orm.insert(newsroom).values({ name: 'Essai', review: { ...SETTINGS, ...settings } })
  return database
}

/** One process of a newsroom: rooms on a port of its own, reviews, and what watches over approvals. */
export async function openDesk(database: Database, limits: Partial<SyncLimits> = {}) {
  const people = new Map<string, Actor>()
  const notices: Notice[] = []
  const events = await createEvents({ database, log: silent })
  const room = draftRoomPort({ database, events })
  const unheld = createRevisions({ orm: database.orm, hold: null, events })
  const notify = async (_tx: unknown, notice: Notice) => {
    notices.push({ ...notice, to: [...new Set(notice.to)] })
  }
  const reviewsBeforeRooms = createReviews({ database, events, revisions: unheld, notify })
  const nobody = { news: async () => [], newsOf: async () => [] }
  const sync = await createSync({
    database,
    log: silent,
    events,
    authenticate: async (cookie) => people.get(/who=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '') ?? null,
    ...askOwners({ draft: room, calendar: calendarRoomPort({ database, events }) }),
    summaryOf: room.summaryOf,
    newsOf: newsOf({ inbox: nobody, suggestions: nobody, threads: nobody, reviews: reviewsBeforeRooms }),
    origins: [ORIGIN],
    limits: { projectAfter: 5, projectAtLatest: 20, idleAfter: 20, ...limits },
  })
  const revisions = createRevisions({ orm: database.orm, hold: sync.hold, events })
  const parts = { database, events, revisions, notify }
  const reviews = createReviews(parts)
  const watch = createWatch({ parts, events, log: silent })
  room.onProjected(watch.heard)
  watch.start()
  const drafts = createDrafts({ database, events, edit: sync.edit })
  const http = createServer()
  http.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo

  const reader = await addActor(database, 'reader', 'Regard')
  const hashInRow = async (id: DraftId) => {
    const [row] = await database.orm.select().from(draftRows).where(eq(draftRows.id, id))
    return row?.contentHash ?? null
  }
  /** What pages are shown once the rows tell of the last edit. */
  const view = async (id: DraftId) => {
    const hash = textHash(await textNow(id))
    await expect.poll(() => hashInRow(id), { timeout: 10_000 }).toBe(hash)
    return granted(await reviews.view(reader, id))
  }
  const textNow = async (id: DraftId) => {
    const doc = await readDocument(database.orm, draftDocument(id))
    if (!doc) throw new Error('no such draft')
    return textOf(doc)
  }
  return {
    database,
    events,
    sync,
    reviews,
    drafts,
    watch,
    notices,
    revisions,
    view,
    url: `ws://127.0.0.1:${port}/collab`,
    admit: (actor: Actor) => {
      people.set(actor.volunteerId, actor)
      return { cookie: `who=${actor.volunteerId}`, origin: ORIGIN }
    },
    person: (role: Role = 'editor', name?: string) => addActor(database, role, name),
    begin: async (by: Actor, text = 'Une première phrase.') =>
      granted(await drafts.create(by, { title: 'Essai', body: bodyOf(text) })),
    /** Somebody adds a paragraph, which is committed when this returns. */
    write: async (by: Actor, id: DraftId, text: string) =>
      granted(
        await sync.edit(draftDocument(id), by.volunteerId, (doc) => {
          const paragraph = new Y.XmlElement('paragraph')
          paragraph.insert(0, [new Y.XmlText(text)])
          bodyIn(doc).push([paragraph])
        }),
      ),
    /** Somebody takes the last paragraph away. */
    cut: async (by: Actor, id: DraftId) =>
      granted(
        await sync.edit(draftDocument(id), by.volunteerId, (doc) => {
          bodyIn(doc).delete(bodyIn(doc).length - 1, 1)
        }),
      ),
    hash: async (id: DraftId) => textHash(await textNow(id)),
    /** What the rows say, without the room: also what a new process would find. */
    stage: async (id: DraftId) => {
      const [row] = await database.orm.select().from(draftRows).where(eq(draftRows.id, id))
      return row?.stage ?? null
    },
    hashInRow,
    verdicts: (id: DraftId) =>
      database.orm.select().from(verdicts).where(eq(verdicts.draftId, id)).orderBy(asc(verdicts.at)),
    audit: (id: DraftId) =>
      database.orm.select().from(decisions).where(eq(decisions.draftId, id)).orderBy(asc(decisions.id)),
    suspend: async (actor: Actor, suspendedAt: Date | null = new Date()) => {
      await database.orm.update(volunteers).set({ suspendedAt }).where(eq(volunteers.id, actor.volunteerId))
      await events.publish({ type: 'volunteer.access', volunteerId: actor.volunteerId })
    },
    /** Asks whoever is here, and has these people approve what the draft says. */
    async approved(id: DraftId, asker: Actor, ...approvers: readonly Actor[]) {
      granted(await reviews.ask(asker, { draftId: id, note: '', reviewers: [] }))
      for (const approver of approvers) granted(await this.approve(id, approver))
    },
    async approve(id: DraftId, by: Actor) {
      const hash = await this.hash(id)
      return reviews.judge(by, { draftId: id, kind: 'approve', hash, reason: '', checked: [] })
    },
    async requestChanges(id: DraftId, by: Actor, reason = 'Le chapeau manque.') {
      const hash = await this.hash(id)
      return reviews.judge(by, { draftId: id, kind: 'changes', hash, reason, checked: [] })
    },
    async publish(id: DraftId, by: Actor) {
      return reviews.publish(by, { draftId: id, hash: await this.hash(id) })
    },
    async close() {
      http.close()
      await sync.close()
      await watch.close()
      await events.close()
      http.closeAllConnections()
    },
  }
}

export type Desk = Awaited<ReturnType<typeof openDesk>>

export const refused = <E extends string>(error: E) => ({ ok: false, error })
export const done = { ok: true, value: undefined }

/** A desk with somebody of each kind that a review needs. */
export async function openStaffedDesk() {
  const database = await freshNewsroom()
  const desk = await openDesk(database)
  return {
    database,
    desk,
    author: await desk.person('contributor', 'Autrice'),
    reviewer: await desk.person('editor', 'Relectrice'),
    other: await desk.person('editor', 'Autre'),
    coordinator: await desk.person('coordinator', 'Coordo'),
  }
}
