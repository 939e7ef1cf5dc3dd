'use client'

import { useCell } from '#app/_collab/use-cell.ts'
import { useDesk } from '../desk.tsx'

/** Why nobody may decide on what this page shows: the newsroom may be seeing something else. */
export type Blind = 'offline' | 'unsent' | 'connecting'

/** Null: the page shows what the server has. */
export function useBlind(): Blind | null {
  const { room } = useDesk()
  const { kind } = useCell(room.saved)
  const { closed } = useCell(room.status)
  if (closed !== null || kind === 'offline') return 'offline'
  if (kind === 'connecting') return 'connecting'
  return kind === 'saved' ? null : 'unsent'
}
