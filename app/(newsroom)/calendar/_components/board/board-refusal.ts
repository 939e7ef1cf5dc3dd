'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import { viewReview } from '../../../_review/actions.ts'
import { useGapWords } from '../../../_review/gap-words.ts'
import { useReviewErrorText } from '../../../_review/review-error-text.ts'
import type { DraftFace } from '../model.ts'

type Refused = { readonly draft: DraftFace; readonly stage: Stage; readonly error: string }

/** Says why a draft does not go to a stage, what is missing, and leads to where it can be had. */
export function useBoardRefusal(): (refused: Refused) => Promise<void> {
  const t = useTranslations('review.board')
  const words = useTranslations('common.stages')
  const errorText = useReviewErrorText()
  const gapWords = useGapWords()
  const router = useRouter()

  /** Some stages are reached by what is said of the text: then what is still to be said. */
  async function verdictWords({ draft, stage }: Refused): Promise<string> {
    const view = stage === 'changesRequested' ? null : await attempt(() => viewReview({ id: draft.id }))
    const gaps = view?.ok ? gapWords(view.value.missing) : []
    return gaps.length > 0
      ? t('notApproved', { gaps: gaps.join(' ') })
      : t('needsVerdict', { stage: words(stage) })
  }
  const why = async (refused: Refused): Promise<string> => {
    const { draft, stage, error } = refused
    if (error === 'needsVerdict' || error === 'notApproved') return verdictWords(refused)
    if (error === 'notNow') return t('notNow', { from: words(draft.stage), stage: words(stage) })
    return errorText(error) ?? ''
  }
  return async (refused) => {
    const onClick = () => router.push(`/drafts/${refused.draft.id}?panel=review`)
    toast.failed(await why(refused), { action: { label: t('open'), onClick } })
  }
}
