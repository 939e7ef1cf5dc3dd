import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { volunteers } from '#drizzle/schema/index.ts'
import type { CommentId, DraftId, SlotId, ThreadId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { ThreadSubject } from '#lib/protocol/threads.ts'
import type { Notice } from '#server/inbox/port.ts'
import { createThreads } from '#server/threads/use-cases.ts'
import { addActor, granted, makeDesk } from '#test/server/drafts/desk.ts'

export const newThread = () => randomUUID() as string as ThreadId
export const newComment = () => randomUUID() as string as CommentId
export const aDraft = (id: DraftId): ThreadSubject => ({ kind: 'draft', id })
export const aSlot = (id: SlotId): ThreadSubject => ({ kind: 'slot', id })

export const ANCHOR = {
  start: 'APyk9NwMAgA=',
  end: 'APyk9NwMAkE=',
  quote: 'le budget',
  before: 'On vote ',
  after: ' des rives',
  pieces: [[3416068732, 2, 9]],
  twins: [],
} as const

/** Threads over a database of their own, with a draft that Maude began, and what others were told. */
export async function makeThreads() {
  const { database, drafts, told, publish } = await makeDesk()
  const slots = new Set<SlotId>()
  const notices: (Omit<Notice, 'to'> & { readonly to: readonly string[] })[] = []
  const threads = createThreads({
    database,
    events: { publish },
    notify: async (_, { to, ...notice }) => {
      notices.push({ ...notice, to: [...to].toSorted() })
    },
    slotExists: async (_, id) => slots.has(id),
  })
  const maude = await addActor(database)
  const draft = granted(await drafts.create(maude, { title: 'Note' }))
  told.length = 0

  async function open(actor: Actor, body = 'Vraiment ?', subject = aDraft(draft)) {
    const ids = { id: newThread(), comment: newComment() }
    const anchor = subject.kind === 'draft' ? ANCHOR : null
    granted(await threads.open(actor, { id: ids.id, subject, anchor, comment: { id: ids.comment, body } }))
    return ids
  }
  async function reply(actor: Actor, threadId: ThreadId, body = 'Oui.') {
    const id = newComment()
    granted(await threads.reply(actor, { id, threadId, body }))
    return id
  }
  const only = async (threadId: ThreadId, subject = aDraft(draft)) => {
    const found = granted(await threads.list(maude, subject)).find(({ id }) => id === threadId)
    if (!found) throw new Error('there is no such thread')
    return found
  }
  const suspend = (actor: Actor) =>
    database.orm
      .update(volunteers)
      .set({ suspendedAt: new Date() })
      .where(eq(volunteers.id, actor.volunteerId))
  const forget = () => {
    told.length = 0
    notices.length = 0
  }
  return { database, drafts, draft, maude, threads, told, notices, slots, open, reply, only, suspend, forget }
}
export type ThreadDesk = Awaited<ReturnType<typeof makeThreads>>
