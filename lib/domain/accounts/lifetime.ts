const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A browser that is used stays signed in; one left alone is signed out. */
export const IDLE_MS = 30 * DAY
/** After this long a password is asked for again, however much the browser is used. */
export const ABSOLUTE_MS = 180 * DAY
/** `last_seen_at` is at most this much behind: a page of twenty requests writes once. */
export const TOUCH_EVERY_MS = 5 * MINUTE
