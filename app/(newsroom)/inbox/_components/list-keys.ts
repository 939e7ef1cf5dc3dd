import { type RefObject, useEffect, useEffectEvent } from 'react'
import { isTyping, singleKeysWanted } from '../../_shell/single-keys.ts'

const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }

/** Letters anywhere on the page; arrows only within the list, where they do not scroll. */
const isStep = (key: string, within: boolean) => key in STEPS && (within || !key.startsWith('Arrow'))

/**
 * Walks the links of a list that have `data-notice`.
 * @param onMark what `e` does with the one that has the focus
 */
export function useListKeys(list: RefObject<HTMLElement | null>, onMark: (id: string) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, target } = event
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(target)) return
    const letter = key.length === 1
    if (letter && !singleKeysWanted()) return
    const links = Array.from(list.current?.querySelectorAll<HTMLElement>('[data-notice]') ?? [])
    const at = document.activeElement instanceof HTMLElement ? links.indexOf(document.activeElement) : -1
    if (key === 'e' && at >= 0) return onMark(links[at]?.dataset.notice ?? '')
    if (!isStep(key, at >= 0)) return
    event.preventDefault()
    const to = at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + (STEPS[key] ?? 0)))
    links[to]?.focus()
    links[to]?.scrollIntoView({ block: 'nearest' })
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
