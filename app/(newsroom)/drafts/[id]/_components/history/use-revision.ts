'use client'

import { useCallback, useEffect, useState } from 'react'
import { attempt } from '#app/_ui/use-form.ts'
import type { RevisionId } from '#lib/domain/ids.ts'
import type { RevisionView } from '#lib/protocol/history.ts'
import { openRevision } from '../../../../_history/actions.ts'

type Asked = {
  readonly id: RevisionId
  readonly revision: RevisionView | null
  readonly error: string | null
}

/** A revision from the server; `again` asks once more after a failure. Null: none is wanted. */
export function useRevision(id: RevisionId | null) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (id === null) return
    let left = false
    void attempt(() => openRevision({ id })).then((answer) => {
      if (left) return
      setAsked(
        answer.ok ? { id, revision: answer.value, error: null } : { id, revision: null, error: answer.error },
      )
    })
    return () => {
      left = true
    }
  }, [id, round])
  const again = useCallback(() => setRound((count) => count + 1), [])
  const found = asked?.id === id ? asked : null
  return { revision: found?.revision ?? null, error: found?.error ?? null, again }
}
