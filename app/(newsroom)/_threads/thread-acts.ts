import { attempt } from '#app/_ui/use-form.ts'
import type { ThreadAnchor } from '#lib/protocol/threads.ts'
import {
  editComment,
  listThreads,
  openThread,
  reactToComment,
  removeComment,
  replyToThread,
  setThreadResolved,
} from './actions.ts'
import type { OutboxPorts } from './outbox.ts'
import type { ThreadActs } from './thread-model.ts'

/** The server, as threads on a page need it. A call that does not reach it is an answer too. */
export const threadActs: ThreadActs = {
  list: (subject) => attempt(() => listThreads({ subject })),
  edit: (comment) => attempt(() => editComment(comment)),
  remove: (id) => attempt(() => removeComment({ id })),
  setResolved: (id, resolved) => attempt(() => setThreadResolved({ id, resolved })),
  react: (reaction) => attempt(() => reactToComment(reaction)),
}

export const sendComment: OutboxPorts['send'] = async ({ id, threadId, subject, opens, body }) => {
  if (!opens) {
    const answer = await attempt(() => replyToThread({ id, threadId, body }))
    return answer.ok ? { ok: true, value: { comment: answer.value } } : answer
  }
  const anchor = copyOf(opens.anchor)
  const answer = await attempt(() => openThread({ id: threadId, subject, anchor, comment: { id, body } }))
  return answer.ok ? { ok: true, value: { thread: answer.value } } : answer
}

/** Its lists may be changed there, as far as types know. */
const copyOf = (anchor: ThreadAnchor | null) =>
  anchor && {
    ...anchor,
    pieces: anchor.pieces.map(([client, clock, length]): [number, number, number] => [client, clock, length]),
  }
