import type { VolunteerId } from '#lib/domain/ids.ts'
import {
  type MailChoices,
  mailChoices,
  mailDueAt,
  parseChoices,
  refusedAddress,
} from '#lib/domain/inbox/choices.ts'
import { storedExcerpt } from '#lib/domain/inbox/excerpt.ts'
import { NOTICE_KINDS } from '#lib/domain/inbox/notice.ts'
import { fail, ok } from '#lib/domain/result.ts'
import type { NotificationView } from '#lib/protocol/inbox.ts'
import { readSettings } from '#server/calendar/settings.ts'
import type { Database, Orm, Transaction } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import { liftRefusal, readFailing, readMailbox, setDueOfKind, writeChoices } from './mail-store.ts'
import { countUnread, leaveThread, type NotificationRow, oneOf, pageOf, setRead } from './store.ts'
import type { Inbox, MailStanding } from './types.ts'
import { readUnsubscribeToken } from './unsubscribe-token.ts'

const PAGE = 50
/** How long the profile speaks of an e-mail that did not go out. Milliseconds. */
const FAILING_SHOWN = 7 * 86_400_000

type Parts = {
  readonly database: Database
  readonly events: Pick<EventPort, 'publish'>
  readonly secret: string
  /** Whether a mail server is set. */
  readonly mailing: boolean
  readonly now?: () => Date
}

export function createInbox({ database, events, secret, mailing, now = () => new Date() }: Parts): Inbox {
  const { orm } = database

  async function standing(id: VolunteerId, email: string, notify: unknown): Promise<MailStanding> {
    if (!mailing) return 'off'
    if (refusedAddress(notify) === email) return 'refused'
    return (await readFailing(orm, id, new Date(now().getTime() - FAILING_SHOWN))) ?? 'ready'
  }

  return {
    async list({ volunteerId }, which) {
      const [rows, unread] = await Promise.all([
        pageOf(orm, volunteerId, { ...which, size: PAGE + 1 }),
        countUnread(orm, volunteerId),
      ])
      const lines = rows.slice(0, PAGE).map(viewOf)
      const final = lines.at(-1)
      return { lines, next: rows.length > PAGE && final ? { at: final.at, id: final.id } : null, unread }
    },

    unread: ({ volunteerId }) => countUnread(orm, volunteerId),

    async markRead({ volunteerId }, seen) {
      return orm.transaction(async (tx) => {
        const changed = await setRead(tx, volunteerId, seen, now())
        if (changed > 0)
          await events.publish({ type: 'inbox.changed', volunteerId, notificationId: null }, tx)
        return countUnread(tx, volunteerId)
      })
    },

    async mailing({ volunteerId }) {
      const [row, { zone }] = await Promise.all([readMailbox(orm, volunteerId), readSettings(orm)])
      const choices = parseChoices(row?.notify)
      return { choices, zone, standing: await standing(volunteerId, row?.email ?? '', row?.notify) }
    },

    async chooseMail({ volunteerId }, choices) {
      const read = mailChoices.safeParse(choices)
      if (!read.success) return fail('invalid')
      await orm.transaction((tx) => choose(tx, volunteerId, read.data, now().getTime()))
      return ok(undefined)
    },

    async mailAgain({ volunteerId }) {
      await liftRefusal(orm, volunteerId)
    },

    inspectLink(token) {
      const promised = readUnsubscribeToken(token, secret, now())
      return promised.ok ? ok(undefined) : promised
    },

    async unsubscribe(token) {
      const promised = readUnsubscribeToken(token, secret, now())
      if (!promised.ok) return promised
      const { volunteerId, threadId } = promised.value
      await orm.transaction((tx) => leaveThread(tx, volunteerId, threadId))
      return ok(undefined)
    },

    news: (volunteerId, latest) => newsFor(orm, volunteerId, latest),
  }
}

async function newsFor(orm: Orm, volunteerId: VolunteerId, latest: Parameters<Inbox['news']>[1]) {
  const [unread, row] = await Promise.all([
    countUnread(orm, volunteerId),
    latest ? oneOf(orm, volunteerId, latest) : null,
  ])
  const event = { type: 'inbox', unread, latest: row && viewOf(row) } as const
  return [{ event, to: volunteerId }]
}

async function choose(tx: Transaction, id: VolunteerId, choices: MailChoices, now: number): Promise<void> {
  await writeChoices(tx, id, choices)
  const { zone } = await readSettings(tx)
  for (const kind of NOTICE_KINDS) {
    const due = mailDueAt(kind, choices, now, zone)
    await setDueOfKind(tx, id, kind, due === null ? null : new Date(due))
  }
}

function viewOf(row: NotificationRow): NotificationView {
  const { id, kind, byId, createdAt, readAt, draftId, slotId, threadId, commentId, reviewId } = row
  return {
    id,
    kind,
    by: byId,
    at: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
    draft: draftId && { id: draftId, title: row.draftTitle ?? '' },
    slot: slotId && { id: slotId, title: row.slotTitle ?? '' },
    threadId,
    commentId,
    reviewId,
    excerpt: storedExcerpt(row.said),
  }
}
