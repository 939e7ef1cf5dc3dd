'use client'

import { useCallback, useEffect, useState } from 'react'
import { attempt } from '#app/_ui/use-form.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Wording } from '#lib/protocol/history.ts'
import { openNow } from '../../../../_history/actions.ts'

/** What a draft says now and who wrote it, as the server knows it; `again` asks once more. */
export function useNowWording(draftId: DraftId) {
  const [asked, setAsked] = useState<{ wording: Wording | null; error: string | null } | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    void attempt(() => openNow({ draftId })).then((answer) => {
      if (left) return
      setAsked(answer.ok ? { wording: answer.value, error: null } : { wording: null, error: answer.error })
    })
    return () => {
      left = true
    }
  }, [draftId, round])
  const again = useCallback(() => setRound((count) => count + 1), [])
  return { wording: asked?.wording ?? null, error: asked?.error ?? null, again }
}
