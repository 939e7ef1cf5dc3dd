'use client'

import { useTranslations } from 'next-intl'

/** Puts the error keys of server answers into words; a page passes the words of its own for some of them. */
export function useErrorText(own: Readonly<Record<string, string>> = {}) {
  const t = useTranslations('common.errors')
  const known = (key: string): key is Parameters<typeof t>[0] => t.has(key as Parameters<typeof t>[0])
  return (key: string | null | undefined): string | undefined => {
    if (!key) return undefined
    const said = known(key) ? key : 'unknown'
    return own[key] ?? t(said)
  }
}
