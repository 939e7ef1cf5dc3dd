'use client'

import { useSearchParams } from 'next/navigation'
import type { DeskPanelName } from './desk.tsx'

const PANELS: readonly string[] = ['threads', 'suggestions', 'review', 'history'] satisfies DeskPanelName[]
const isPanel = (name: string | null): name is DeskPanelName => name !== null && PANELS.includes(name)

/** The address of this page with some parameters changed; null takes one out. Asks nothing of the server. */
export function replaceAddress(change: Readonly<Record<string, string | null>>): void {
  const params = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(change)) {
    if (value === null) params.delete(name)
    else params.set(name, value)
  }
  const search = params.size > 0 ? `?${params}` : ''
  if (search !== location.search) history.replaceState(null, '', `${location.pathname}${search}`)
}

/** What stands beside the text is what the address says: whoever is sent the address sees the same. */
export function useDeskPanel() {
  const named = useSearchParams().get('panel')
  return {
    panel: isPanel(named) ? named : null,
    openPanel: (panel: DeskPanelName | null) => replaceAddress({ panel }),
  }
}
