import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { anchorOf } from '#lib/documents/draft/anchor.ts'
import { bodyOf } from '#lib/documents/draft/roots.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { CommentId, DraftId, LoginSessionId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/db/open.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createNotify } from '#server/inbox/notify.ts'
import { createLog } from '#server/log.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { createThreads } from '#server/threads/use-cases.ts'
import type { Member, Newsroom } from '../pupitre.ts'

/** Writes comments as the server’s own use cases do, from a process beside it. */
export type Desk = {
  /** Opens so many threads, spread evenly over a draft of plain paragraphs. @returns them in order */
  open(draft: string, count: number): Promise<readonly ThreadId[]>
  /** Resolves once it is committed, and PostgreSQL has its news. */
  reply(thread: ThreadId, body: string): Promise<CommentId>
  close(): Promise<void>
}

export async function openDesk(newsroom: Newsroom, { writer }: Member): Promise<Desk> {
  const config = readConfig(
    { NODE_ENV: 'production', PUPITRE_DATA: newsroom.dataFolder, PORT: new URL(newsroom.url).port },
    '/',
  )
  if (!config.ok) throw new Error(config.error.join('\n'))
  const log = createLog({ logLevel: 'silent' })
  const opened = await openDatabase({ config: config.value, log })
  if (!opened.ok) throw new Error(opened.error)
  const { database, stop } = opened.value
  const events = await createEvents({ database, log })
  const threads = createThreads({
    database,
    events,
    notify: createNotify({ events, mailing: false }),
    slotExists: async () => false,
  })
  const actor = actorOf(writer)
  return {
    async open(draft, count) {
      const doc = await readDocument(database.orm, draftDocument(draft as DraftId))
      if (!doc) throw new Error('there is no such draft')
      const opened: ThreadId[] = []
      for (const [from, to] of passagesOf(doc, count)) {
        const id = randomUUID() as string as ThreadId
        const comment = {
          id: randomUUID() as string as CommentId,
          body: 'Est-ce que quelqu’un a vérifié ce passage?',
        }
        const subject = { kind: 'draft', id: draft as DraftId } as const
        const made = await threads.open(actor, { id, subject, anchor: anchorOf(doc, from, to), comment })
        if (!made.ok) throw new Error(made.error)
        opened.push(id)
      }
      return opened
    },
    async reply(threadId, body) {
      const id = randomUUID() as string as CommentId
      const made = await threads.reply(actor, { id, threadId, body })
      if (!made.ok) throw new Error(made.error)
      return id
    },
    async close() {
      await events.close()
      await stop()
    },
  }
}

const actorOf = ({ id, name, color }: Member['writer']): Actor => ({
  volunteerId: id as VolunteerId,
  sessionId: randomUUID() as string as LoginSessionId,
  name,
  email: `${name}@example.org`,
  role: 'coordinator',
  color,
  locale: 'fr',
})

/** Letters of a passage: some words. */
const PASSAGE = 24

/** Positions of ProseMirror, from and to, in a body of plain paragraphs; several in one where there are more of them. */
function passagesOf(doc: Y.Doc, count: number): readonly (readonly [number, number])[] {
  const lengths = bodyOf(doc).toArray().map(lettersIn)
  const letters = lengths.reduce((sum, length) => sum + length, 0)
  const passages: (readonly [number, number])[] = []
  let position = 0
  let before = 0
  for (const length of lengths) {
    while (passages.length < count) {
      const at = Math.floor(((passages.length + 0.5) * letters) / count) - before
      if (at >= length) break
      const from = position + 1 + Math.max(0, Math.min(at, length - PASSAGE))
      passages.push([from, from + Math.min(PASSAGE, length)])
    }
    position += length + 2
    before += length
  }
  return passages
}

function lettersIn(block: unknown): number {
  const [text] = block instanceof Y.XmlElement ? block.toArray() : []
  return text instanceof Y.XmlText ? text.length : 0
}
