'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { TextArea } from '#app/_ui/text-area.tsx'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { judgeDraft } from '../../../../_review/actions.ts'
import { DecisionForm } from './decision-form.tsx'
import { useDecide } from './use-decide.ts'

type Props = {
  view: ReviewView
  /** `textHash` of what is on the screen when it is sent. */
  hash: () => string
  onClose: () => void
}

/** Sends a text back to those who write it, with what is to be done. */
export function ChangesDialog({ view, hash, onClose }: Props) {
  const t = useTranslations('review.changes')
  const [reason, setReason] = useState('')
  const [blank, setBlank] = useState(false)
  const { busy, wrong, decide } = useDecide()
  const as = usePeople().me.id

  async function request() {
    if (reason.trim() === '') return setBlank(true)
    const verdict = { as, draftId: view.draftId, reason: reason.trim(), checked: [] }
    const send = () => judgeDraft({ ...verdict, kind: 'changes', hash: hash() })
    const done = await decide('changes', send, t('done'))
    if (done) onClose()
  }
  return (
    <DecisionForm
      title={t('title')}
      description={t('text')}
      submitLabel={t('submit')}
      busy={busy !== null}
      wrong={wrong}
      onSubmit={() => void request()}
      onClose={onClose}
    >
      <TextArea
        label={t('reason')}
        value={reason}
        maxLength={1000}
        required
        error={blank && reason.trim() === '' ? t('reasonMissing') : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
    </DecisionForm>
  )
}
