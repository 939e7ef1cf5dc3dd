'use client'

import { lazy, Suspense } from 'react'
import { useInBrowser } from '#app/_ui/use-in-browser.ts'
import { type CalendarPageProps, CalendarPlace } from './calendar-place.tsx'
import './calendar.css'

const loadDesk = () => import('./calendar-desk.tsx')
// On its way before React has woken up. Never on the server, where a second copy of Yjs would be loaded beside
// that of the rooms.
const loading = typeof window === 'undefined' ? null : loadDesk()
const Desk = lazy(() => loading ?? loadDesk())

/** The calendar, whole: the server draws its place, the browser what is in it. */
export function CalendarPage(props: CalendarPageProps) {
  if (!useInBrowser()) return <CalendarPlace />
  return (
    <Suspense fallback={<CalendarPlace />}>
      <Desk {...props} />
    </Suspense>
  )
}
