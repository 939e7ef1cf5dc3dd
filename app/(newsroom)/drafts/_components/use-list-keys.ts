'use client'

import { useEffect, useEffectEvent } from 'react'
import { isTyping, singleKeysWanted } from '../../_shell/single-keys.ts'

type Keys = { onCreate: (() => void) | null; onSearch: () => void }

/** `c` or `n` begins a draft, `/` goes to the search field: pressed alone, outside of fields. */
export function useListKeys({ onCreate, onSearch }: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return
    if (isTyping(event.target) || !singleKeysWanted()) return
    if (event.key === '/') onSearch()
    else if (onCreate && (event.key === 'c' || event.key === 'n')) onCreate()
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
