'use client'

import { useState } from 'react'
import type { DraftId } from '#lib/domain/ids.ts'
import { draftAccess } from '../access.ts'

type Access = 'write' | 'read'
type Known = { readonly access: Access; readonly archived: boolean }
type Given = { draft: { id: string; archivedAt: string | null }; access: Access }

/** What this volunteer may do with the draft: as the page was drawn, then as often as it is asked again. */
export function useAccess({ draft, access }: Given) {
  const [known, setKnown] = useState<Known>({ access, archived: draft.archivedAt !== null })

  /** @returns what is allowed now; null when the server could not be asked, or no longer knows us or the draft. */
  async function check(): Promise<Access | null> {
    try {
      const answer = await draftAccess({ id: draft.id as DraftId })
      if (!answer.ok) return null
      setKnown(answer.value)
      return answer.value.access
    } catch {
      // No connection: the room asks again when it is back.
      return null
    }
  }
  return { ...known, check }
}
