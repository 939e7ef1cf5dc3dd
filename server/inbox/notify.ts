import { randomUUID } from 'node:crypto'
import type { NotificationId } from '#lib/domain/ids.ts'
import { mailDueAt, parseChoices, refusedAddress } from '#lib/domain/inbox/choices.ts'
import { readSettings } from '#server/calendar/settings.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Notify } from './port.ts'
import { insertNotifications, peopleToTell } from './store.ts'

type Parts = {
  readonly events: Pick<EventPort, 'publish'>
  /** False where no mail server is set: whatever waited for one would arrive, stale, on the day there is one. */
  readonly mailing: boolean
  readonly now?: () => Date
}

export function createNotify({ events, mailing, now = () => new Date() }: Parts): Notify {
  return async (tx, notice) => {
    const wanted = new Set(notice.to)
    if (notice.by) wanted.delete(notice.by)
    if (wanted.size === 0) return
    const people = await peopleToTell(tx, [...wanted], notice)
    if (people.length === 0) return
    const { zone } = await readSettings(tx)
    const at = now()
    const { to: _, by, kind, ...about } = notice
    const rows = people.map(({ id, email, notify }) => {
      const mailed = mailing && refusedAddress(notify) !== email
      const due = mailed ? mailDueAt(kind, parseChoices(notify), at.getTime(), zone) : null
      return {
        ...about,
        id: randomUUID() as string as NotificationId,
        kind,
        byId: by,
        volunteerId: id,
        createdAt: at,
        mailDueAt: due === null ? null : new Date(due),
      }
    })
    await insertNotifications(tx, rows)
    for (const { id, volunteerId } of rows)
      await events.publish({ type: 'inbox.changed', volunteerId, notificationId: id }, tx)
  }
}
