import { can } from '#lib/domain/permissions.ts'
import { fail, ok } from '#lib/domain/result.ts'
import { editComment, reactTo, removeComment, resolveThread } from './change.ts'
import type { Parts } from './parts.ts'
import { isFollowing, writeFollowing } from './people-store.ts'
import { countOpen, draftExists, findThread, findThreads } from './store.ts'
import type { Threads } from './types.ts'
import { readThreads, threadNews } from './views.ts'
import { openThread, replyTo } from './write.ts'

export function createThreads(parts: Parts): Threads {
  const { orm } = parts.database
  return {
    async list(actor, subject) {
      if (!can(actor, 'thread.read', null)) return fail('forbidden')
      if (subject.kind === 'draft' && !(await draftExists(orm, subject.id))) return fail('missing')
      return ok(await readThreads(orm, await findThreads(orm, subject)))
    },

    async openCounts(actor, subjects) {
      if (!can(actor, 'thread.read', null)) return []
      const counts = await countOpen(orm, subjects)
      return subjects.flatMap((subject) => {
        const open = counts.get(subject.id) ?? 0
        return open > 0 ? [{ subject, open }] : []
      })
    },

    open: (actor, thread) => openThread(parts, actor, thread),
    reply: (actor, comment) => replyTo(parts, actor, comment),
    edit: (actor, comment) => editComment(parts, actor, comment),
    remove: (actor, id) => removeComment(parts, actor, id),
    setResolved: (actor, id, resolved) => resolveThread(parts, actor, id, resolved),
    react: (actor, reaction) => reactTo(parts, actor, reaction),

    follows: async (actor, id) =>
      can(actor, 'thread.read', null) && (await isFollowing(orm, id, actor.volunteerId)),

    async setFollowing(actor, threadId, following) {
      if (!can(actor, 'thread.read', null)) return fail('forbidden')
      if (!(await findThread(orm, threadId))) return fail('missing')
      await writeFollowing(orm, { threadId, volunteerId: actor.volunteerId, following })
      return ok(undefined)
    },

    news: threadNews(orm),
  }
}
