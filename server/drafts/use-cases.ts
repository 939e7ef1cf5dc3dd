import { randomUUID } from 'node:crypto'
import { metaOf, tidyTitle } from '#lib/documents/draft/roots.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { record } from '#server/audit/record.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { createDocument, readDocument } from '#server/sync/log/document-rows.ts'
import type { Authority } from '#server/volunteers/types.ts'
import { contentOf, seedOf } from './content.ts'
import { copyTitle } from './copy-title.ts'
import { exportContent } from './formats/export.ts'
import { searchFor } from './search.ts'
import { findFaces, findPage, findStanding, findSummary, insertDraft, setArchived } from './store.ts'
import { type Drafts, type EditDocument, PAGE_SIZE, type Refusal } from './types.ts'

type Parts = {
  readonly database: Database
  readonly events: Pick<EventPort, 'publish'>
  /** Edits go through the room of the document; null in a process without rooms. */
  readonly edit: EditDocument | null
}

type Content = Parameters<typeof seedOf>[0]

/** Whoever holds the machine reads and begins drafts as a coordinator may, and is nobody in the newsroom. */
const mayRead = (by: Authority) => by === 'operator' || can(by, 'draft.read', null)
const mayCreate = (by: Authority) => by === 'operator' || can(by, 'draft.create', null)

/** Begins a draft: its document, its first content and its row in one transaction. */
async function begin({ database, events }: Parts, content: Content, by: Authority): Promise<DraftId> {
  const author = by === 'operator' ? null : by.volunteerId
  const id = randomUUID() as string as DraftId
  const { update, facts } = seedOf({ ...content, title: tidyTitle(content.title) })
  await database.orm.transaction(async (tx) => {
    await createDocument(tx, { kind: 'draft', id, name: draftDocument(id) }, update, author)
    await insertDraft(tx, id, facts, author)
  })
  await events.publish({ type: 'draft.changed', draftId: id })
  return id
}

/** Archives or restores: a decision, kept in the row and written down; open sockets are then authorised anew. */
async function decideArchived(
  { database, events }: Parts,
  actor: Actor,
  id: DraftId,
  archived: boolean,
): Promise<Result<void, Refusal>> {
  const standing = await findStanding(database.orm, id)
  if (!standing) return fail('missing')
  if (!can(actor, 'draft.archive', standing)) return fail('forbidden')
  await database.orm.transaction(async (tx) => {
    if (!(await setArchived(tx, id, archived))) return
    const action = archived ? 'draft.archived' : 'draft.restored'
    await record(tx, { by: actor.volunteerId, action, draftId: id })
    await events.publish({ type: 'draft.access', draftId: id }, tx)
    await events.publish({ type: 'draft.changed', draftId: id }, tx)
  })
  return ok(undefined)
}

async function rename(
  { database, edit }: Parts,
  actor: Actor,
  id: DraftId,
  title: string,
): Promise<Result<void, Refusal>> {
  const standing = await findStanding(database.orm, id)
  if (!standing) return fail('missing')
  if (!can(actor, 'draft.edit', standing)) return fail('forbidden')
  if (!edit) return fail('unavailable')
  return edit(draftDocument(id), actor.volunteerId, (doc) => {
    metaOf(doc).set('title', tidyTitle(title))
  })
}

async function contentIn(database: Database, id: DraftId) {
  const doc = await readDocument(database.orm, draftDocument(id))
  return doc && contentOf(doc)
}

export function createDrafts(parts: Parts): Drafts {
  const { database } = parts
  const { orm } = database
  return {
    async list(by, filter) {
      if (!mayRead(by)) return { drafts: [], more: false }
      const found = await findPage(orm, filter, await searchFor(orm, filter.search))
      return { drafts: found.slice(0, PAGE_SIZE), more: found.length > PAGE_SIZE }
    },

    async open(actor, id) {
      const [draft, standing] = await Promise.all([findSummary(orm, id), findStanding(orm, id)])
      if (!draft || !standing || !mayRead(actor)) return fail('missing')
      return ok({ draft, access: can(actor, 'draft.edit', standing) ? 'write' : 'read' })
    },

    async create(by, input) {
      if (!mayCreate(by)) return fail('forbidden')
      return ok(await begin(parts, input, by))
    },

    faces: async (by, ids) => (mayRead(by) && ids.length > 0 ? findFaces(orm, ids) : []),
    rename: (actor, id, title) => rename(parts, actor, id, title),

    async duplicate(actor, id) {
      if (!mayCreate(actor)) return fail('forbidden')
      const content = mayRead(actor) ? await contentIn(database, id) : null
      if (!content) return fail('missing')
      const copy = { title: copyTitle(content.title, actor.locale), body: content.body.toJSON() }
      return ok(await begin(parts, copy, actor))
    },

    archive: (actor, id) => decideArchived(parts, actor, id, true),
    restore: (actor, id) => decideArchived(parts, actor, id, false),

    async export(by, id, format) {
      const content = mayRead(by) ? await contentIn(database, id) : null
      return content ? ok(exportContent(content, format)) : fail('missing')
    },
  }
}
