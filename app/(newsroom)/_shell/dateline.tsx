'use client'

import { useFormatter, useNow } from 'next-intl'

const MINUTE = 60_000

/** The day on the masthead; it turns at midnight for those who work through it. */
export function Dateline() {
  const format = useFormatter()
  const now = useNow({ updateInterval: MINUTE })
  return (
    <time dateTime={now.toISOString().slice(0, 10)} suppressHydrationWarning className="text-faint text-xs">
      {format.dateTime(now, { weekday: 'long', day: 'numeric', month: 'long' })}
    </time>
  )
}
