import { attempt } from '#app/_ui/use-form.ts'
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

export const sendComment: OutboxPorts['send'] = ({ id, threadId, subject, opens, body }) =>
  opens
    ? attempt(() =>
        openThread({ id: threadId, subject, anchor: copyOf(opens.anchor), comment: { id, body } }),
      )
    : attempt(() => replyToThread({ id, threadId, body }))

type Anchor = NonNullable<Parameters<typeof sendComment>[0]['opens']>['anchor']

/** Its lists may be changed there, as far as types know. */
const copyOf = (anchor: Anchor) =>
  anchor && {
    ...anchor,
    pieces: anchor.pieces.map(([client, clock, length]): [number, number, number] => [client, clock, length]),
  }
