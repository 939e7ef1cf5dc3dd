import { beforeAll, expect, it } from 'vitest'
import { notifications } from '#drizzle/schema/index.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { mentionOf } from '#lib/domain/threads/comment.ts'
import { createNotify } from '#server/inbox/notify.ts'
import type { Threads } from '#server/threads/types.ts'
import { createThreads } from '#server/threads/use-cases.ts'
import { addActor, granted } from '#test/server/drafts/desk.ts'
import { aDraft, makeThreads, newComment, newThread, type ThreadDesk } from './desk.ts'

let desk: ThreadDesk
let threads: Threads
let leo: Actor
beforeAll(async () => {
  desk = await makeThreads()
  const { database, told } = desk
  const events = { publish: async (event: (typeof told)[number]) => void told.push(event) }
  const notify = createNotify({ events, mailing: false })
  threads = createThreads({ database, events, notify, slotExists: async () => true })
  leo = await addActor(database, 'commenter', 'Léo')
})

it('who is named in a comment on their own draft finds one line in their inbox, and none once it is deleted', async () => {
  const { database, draft, maude, told } = desk
  const comment = { id: newComment(), body: `Bonjour ${mentionOf(maude.volunteerId)} !` }
  const thread = { id: newThread(), subject: aDraft(draft), anchor: null, comment }
  granted(await threads.open(leo, thread))
  granted(await threads.open(leo, thread))
  const lines = await database.orm.select().from(notifications)
  expect(lines).toMatchObject([
    { kind: 'mention', volunteerId: maude.volunteerId, byId: leo.volunteerId, threadId: thread.id },
  ])
  told.length = 0
  granted(await threads.remove(leo, comment.id))
  expect(await database.orm.select().from(notifications)).toEqual([])
  expect(told).toContainEqual({
    type: 'inbox.changed',
    volunteerId: maude.volunteerId,
    notificationId: null,
  })
})
