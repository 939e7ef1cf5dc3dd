'use client'

import { useSyncExternalStore } from 'react'

/** Narrower than this, the page is a phone’s: as in calendar.css. */
export const PHONE = '(width < 48rem)'

function subscribe(listener: () => void) {
  const query = matchMedia(PHONE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export const usePhone = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => matchMedia(PHONE).matches,
    () => false,
  )
