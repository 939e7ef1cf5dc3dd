import type { NotificationView } from '#lib/protocol/inbox.ts'

export type NoticeDay = { readonly day: string; readonly notices: readonly NotificationView[] }

/**
 * Notices by the day on which they came, in their order.
 * @param dayOf a text that is the same for the instants of one day
 */
export function noticeDays(
  notices: readonly NotificationView[],
  dayOf: (at: string) => string,
): readonly NoticeDay[] {
  return Array.from(
    Map.groupBy(notices, ({ at }) => dayOf(at)),
    ([day, those]) => ({ day, notices: those }),
  )
}

/** A fetched beginning of the list put before what was there: what it says of a notice is newer. */
export function withFetched(
  shown: readonly NotificationView[],
  fetched: readonly NotificationView[],
): readonly NotificationView[] {
  const fresh = new Set(fetched.map(({ id }) => id))
  return [...fetched, ...shown.filter(({ id }) => !fresh.has(id))].sort(newestFirst)
}

/** As the server sorts them: by time, then by id. */
const newestFirst = (one: NotificationView, other: NotificationView): number =>
  other.at.localeCompare(one.at) || (other.id < one.id ? -1 : 1)

export const asRead = (
  shown: readonly NotificationView[],
  isRead: (notice: NotificationView) => boolean,
  now: string,
): readonly NotificationView[] =>
  shown.map((notice) => (notice.readAt === null && isRead(notice) ? { ...notice, readAt: now } : notice))
