import { useSyncExternalStore } from 'react'

const PHONE = '(width < 48rem)'

function onPhoneChange(listener: () => void) {
  const query = matchMedia(PHONE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** The window is as narrow as a phone held upright: one thing at a time. */
export const usePhone = (): boolean =>
  useSyncExternalStore(
    onPhoneChange,
    () => matchMedia(PHONE).matches,
    () => false,
  )
