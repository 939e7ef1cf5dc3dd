import { attempt } from '#app/_ui/use-form.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
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

/** @param as who said it: while another account is signed in in this browser, it waits */
export const sendCommentsOf =
  (as: VolunteerId): OutboxPorts['send'] =>
  async ({ id, threadId, subject, opens, body }) => {
    if (!opens) {
      const answer = await attempt(() => replyToThread({ as, id, threadId, body }))
      return answer.ok ? { ok: true, value: { comment: answer.value } } : answer
    }
    const anchor = copyOf(opens.anchor)
    const opening = { as, id: threadId, subject, anchor, comment: { id, body } }
    const answer = await attempt(() => openThread(opening))
    return answer.ok ? { ok: true, value: { thread: answer.value } } : answer
  }

/** Its lists may be changed there, as far as types know. */
const copyOf = (anchor: ThreadAnchor | null) =>
  anchor && {
    ...anchor,
    pieces: anchor.pieces.map(([client, clock, length]): [number, number, number] => [client, clock, length]),
  }
