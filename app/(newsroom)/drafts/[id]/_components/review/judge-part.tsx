'use client'

import { CircleCheckBig } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { can } from '#lib/domain/permissions.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { judgeDraft } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import { ChangedWhileReading } from './changed-while-reading.tsx'
import { ChangesDialog } from './changes-dialog.tsx'
import { Checklist } from './checklist.tsx'
import { useBlind } from './may-decide.ts'
import { isHeld, isUnderReview } from './next-step.ts'
import { useReading } from './reading.ts'
import { ReviewPart } from './review-part.tsx'
import { useDecide } from './use-decide.ts'

type Props = { view: ReviewView; checklist: readonly string[] }

/** Reading, ticking, and deciding; or why this volunteer does not. */
export function JudgePart(props: Props) {
  const t = useTranslations('review.judge')
  const { archived } = useDesk()
  const { me } = usePeople()
  const { view } = props
  const may = can({ volunteerId: me.id, role: me.role }, 'review.judge', { archived: false })
  if (may && !archived && (isUnderReview(view) || isHeld(view))) return <Judging {...props} />
  const out = view.stage === 'published' && !view.changedSincePublication
  const why = !may ? 'notYours' : archived ? 'archived' : out ? 'isOut' : 'askFirst'
  return (
    <ReviewPart title={t('title')}>
      <p className="text-soft">{t(why)}</p>
    </ReviewPart>
  )
}

function Judging({ view, checklist }: Props) {
  const t = useTranslations('review.judge')
  const { room } = useDesk()
  const { me } = usePeople()
  const blind = useBlind()
  const reading = useReading(room)
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const [unticked, setUnticked] = useState(false)
  const { busy, wrong, decide } = useDecide()
  const mine = view.verdicts.find(({ by, counts }) => by === me.id && counts)
  const open = checklist.filter((point) => !ticked.includes(point))

  async function approve() {
    if (open.length > 0) return setUnticked(true)
    const draftId = view.draftId
    const send = () =>
      judgeDraft({ draftId, kind: 'approve', hash: reading.hashNow(), reason: '', checked: [...checklist] })
    const done = await decide('approve', send, t('approved'))
    if (done) setTicked([])
  }
  return (
    <ReviewPart title={t('title')}>
      {view.writers.includes(me.id) && <p className="text-soft">{t('youWrote')}</p>}
      {mine && <p className="text-soft">{t(`said.${mine.kind}`)}</p>}
      {blind ? (
        <p role="status" className="text-soft">
          {t(`blind.${blind}`)}
        </p>
      ) : (
        <>
          {reading.changed && <ChangedWhileReading before={reading.base.text} onRead={reading.catchUp} />}
          {mine?.kind !== 'approve' && (
            <Checklist
              points={checklist}
              ticked={ticked}
              onChange={(next) => {
                setTicked(next)
                setUnticked(false)
              }}
              error={unticked && open.length > 0 ? t('tickFirst', { count: open.length }) : undefined}
            />
          )}
          <div className="flex flex-wrap gap-2">
            {mine?.kind !== 'approve' && (
              <Button
                kind="primary"
                disabled={reading.changed}
                busy={busy === 'approve'}
                onClick={() => void approve()}
              >
                <CircleCheckBig aria-hidden="true" className="size-4" />
                {t('approve')}
              </Button>
            )}
            <Button onClick={() => setAsking(true)}>{t('requestChanges')}</Button>
          </div>
        </>
      )}
      <FormError>{wrong ?? undefined}</FormError>
      {asking && <ChangesDialog view={view} hash={reading.hashNow} onClose={() => setAsking(false)} />}
    </ReviewPart>
  )
}
