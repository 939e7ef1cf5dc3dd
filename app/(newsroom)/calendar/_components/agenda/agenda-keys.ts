import type { KeyboardEvent } from 'react'

/** Where a key leads among lines, from the one at `at`; null for a key that does not move. */
export function nextLine(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(at - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

/** Arrows, Home and End go from one `[data-line]` to another; Tab goes through them as always. */
export function moveAmongLines(event: KeyboardEvent<HTMLElement>): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')]
  const at = event.target instanceof HTMLElement ? lines.indexOf(event.target) : -1
  const to = at === -1 ? null : nextLine(event.key, at, lines.length)
  if (to === null) return
  event.preventDefault()
  lines[to]?.focus()
}
