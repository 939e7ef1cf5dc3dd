'use client'

import { useState } from 'react'
import { toast } from '#app/_ui/toast.ts'
import { type Answer, attempt } from '#app/_ui/use-form.ts'
import { useReviewErrorText } from '../../../../_review/review-error-text.ts'

/**
 * Sends a decision; the newsroom’s news brings what became of it. `wrong`: why it was refused, in words, until the
 * next one is sent. `onWrong`: says it where there is no room to show it.
 */
export function useDecide({ onWrong }: { onWrong?: (words: string) => void } = {}) {
  const errorText = useReviewErrorText()
  const [busy, setBusy] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)

  /**
   * @param name tells the buttons which of them waits
   * @param done what is said when it is done
   * @returns whether it was taken
   */
  async function decide(name: string, send: () => Promise<Answer<unknown>>, done: string): Promise<boolean> {
    setBusy(name)
    setWrong(null)
    const answer = await attempt(send)
    setBusy(null)
    if (answer.ok) toast.done(done)
    else {
      const words = errorText(answer.error) ?? ''
      setWrong(words)
      onWrong?.(words)
    }
    return answer.ok
  }
  return { busy, wrong, decide }
}
