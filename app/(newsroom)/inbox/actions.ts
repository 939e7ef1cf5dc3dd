'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId, notificationId, threadId } from '#app/_gate/schemas.ts'
import { mailChoices } from '#lib/domain/inbox/choices.ts'
import { ok } from '#lib/domain/result.ts'

const moment = z.iso.datetime()

/** A page of one’s inbox, the newest first. */
export const listNotices = newsroomAction(
  z.object({ unreadOnly: z.boolean(), after: z.object({ at: moment, id: notificationId }).nullable() }),
  async (actor, which, { inbox }) => ok(await inbox.list(actor, which)),
)

export const countUnread = newsroomAction(z.object({}), async (actor, _input, { inbox }) =>
  ok(await inbox.unread(actor)),
)

const seen = z.union([
  z.object({ ids: z.array(notificationId).max(200) }),
  z.object({ until: moment }),
  z.object({ thread: threadId }),
  z.object({ draft: draftId }),
])

/** @returns how many are unread now */
export const markRead = newsroomAction(seen, async (actor, what, { inbox }) =>
  ok(await inbox.markRead(actor, what)),
)

export const chooseMail = newsroomAction(mailChoices, (actor, choices, { inbox }) =>
  inbox.chooseMail(actor, choices),
)

/** Tries again an address that the mail server refused. */
export const mailAgain = newsroomAction(z.object({}), async (actor, _input, { inbox }) => {
  await inbox.mailAgain(actor)
  return ok(undefined)
})
