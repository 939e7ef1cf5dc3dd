'use client'

import { useFormatter, useNow } from 'next-intl'

const MINUTE = 60_000

/** «il y a 5 minutes», kept true while the page is open; the exact moment is in the title. */
export function RelativeTime({ at, className }: { at: string | Date; className?: string }) {
  const format = useFormatter()
  const now = useNow({ updateInterval: MINUTE })
  const date = new Date(at)
  // A server's clock a little ahead of ours must not announce the future.
  const shown = date > now ? now : date
  return (
    <time
      dateTime={date.toISOString()}
      title={format.dateTime(date, { dateStyle: 'long', timeStyle: 'short' })}
      className={className}
      suppressHydrationWarning
    >
      {format.relativeTime(shown, now)}
    </time>
  )
}
