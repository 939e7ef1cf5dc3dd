'use client'

import { useFormatter, useLocale, useNow, useTimeZone } from 'next-intl'

const MINUTE = 60_000

/** «il y a 5 minutes», kept true while the page is open; the exact moment is in the title. */
export function RelativeTime({ at, className }: { at: string | Date; className?: string }) {
  const format = useFormatter()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const now = useNow({ updateInterval: MINUTE })
  const date = new Date(at)
  // A server's clock a little ahead of ours must not announce the future; a count of seconds would soon be false.
  const shown = now.getTime() - date.getTime() < MINUTE ? now : date
  // As Canada writes the hour: « 20 h 30 » in French (OQLF), where plain `fr` would say 20:30.
  const exact = new Intl.DateTimeFormat(`${locale}-CA`, { dateStyle: 'long', timeStyle: 'short', timeZone })
  return (
    <time
      dateTime={date.toISOString()}
      title={exact.format(date)}
      className={className}
      suppressHydrationWarning
    >
      {format.relativeTime(shown, now)}
    </time>
  )
}
