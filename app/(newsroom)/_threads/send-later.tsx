'use client'

import { useEffect } from 'react'
import { usePeople } from '../_people/people.tsx'

/** A page has more urgent things to do when it opens; milliseconds. */
const QUIET_MS = 3_000

/** Sends what was said without a connection, from whatever page is opened next. */
export function SendLater() {
  const { me } = usePeople()
  useEffect(() => {
    const send = () =>
      void import('./outbox-of.ts').then(
        ({ outboxOf }) => outboxOf(me.id),
        () => {},
      )
    const timer = setTimeout(send, QUIET_MS)
    return () => clearTimeout(timer)
  }, [me.id])
  return null
}
