'use client'

import { CircleCheckBig } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { textHash, textOf } from '#lib/documents/draft/text.ts'
import { can } from '#lib/domain/permissions.ts'
import { isHeld, isUnderReview } from '#lib/domain/review/stage.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { judgeDraft } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import { ChangedWhileReading } from './changed-while-reading.tsx'
import { ChangesDialog } from './changes-dialog.tsx'
import { Checklist } from './checklist.tsx'
import { useBlind } from './may-decide.ts'
import type { Reading } from './reading.ts'
import { ReviewPart } from './review-part.tsx'
import { useDecide } from './use-decide.ts'
import { useReading } from './use-reading.ts'

type Props = { view: ReviewView; checklist: readonly string[] }

/** Reading, ticking, and deciding; or why this volunteer does not. */
export function JudgePart(props: Props) {
  const t = useTranslations('review.judge')
  const { archived } = useDesk()
  const { me } = usePeople()
  const { view } = props
  const may = can({ volunteerId: me.id, role: me.role }, 'review.judge', { archived: false })
  if (may && !archived && (isUnderReview(view.stage) || isHeld(view.stage))) return <Judging {...props} />
  const out = view.stage === 'published' && !view.changedSincePublication
  const why = !may ? 'notYours' : archived ? 'archived' : out ? 'isOut' : 'askFirst'
  return (
    <ReviewPart title={t('title')}>
      <p className="text-soft">{t(why)}</p>
    </ReviewPart>
  )
}

/** The text that others have since changed is the approved one: what changed in it is shown already. */
const isShown = ({ voided, approvedRevision, verdicts }: ReviewView, hash: string): boolean =>
  voided && verdicts.some((verdict) => verdict.revisionId === approvedRevision && verdict.hash === hash)

/** Approved by those whose approval it takes; an emergency may still be made good. */
const isSettled = (view: ReviewView): boolean =>
  isHeld(view.stage) && !view.verdicts.some(({ kind, counts }) => kind === 'override' && counts)

function Judging(props: Props) {
  const reading = useReading(useDesk().room)
  return reading && <WhileReading {...props} reading={reading} />
}

function WhileReading({ view, checklist, reading }: Props & { reading: Reading }) {
  const t = useTranslations('review.judge')
  const { room } = useDesk()
  const { me } = usePeople()
  const blind = useBlind()
  const mine = view.verdicts.find(({ by, counts, kind }) => by === me.id && counts && kind !== 'override')
  const { base, changed } = useCell(reading)
  return (
    <ReviewPart title={t('title')}>
      {view.writers.includes(me.id) && !isHeld(view.stage) && <p className="text-soft">{t('youWrote')}</p>}
      {mine && <p className="text-soft">{t(`said.${mine.kind}`)}</p>}
      {blind && (
        <p role="status" className="text-soft">
          {t(`blind.${blind}`)}
        </p>
      )}
      {changed && !blind && (
        <ChangedWhileReading before={isShown(view, base.hash) ? null : base.text} onRead={reading.catchUp} />
      )}
      {/* Kept while one cannot decide: what was ticked stays ticked. */}
      <div hidden={blind !== null}>
        <Decision
          view={view}
          checklist={mine?.kind === 'approve' || isSettled(view) ? null : checklist}
          hash={() => textHash(textOf(room.doc))}
          ready={!changed}
        />
      </div>
    </ReviewPart>
  )
}

type DecisionProps = {
  view: ReviewView
  /** Null: no other approval is asked of this volunteer. */
  checklist: readonly string[] | null
  /** `textHash` of what is on the screen when it is sent. */
  hash: () => string
  /** The text is the one that was read. */
  ready: boolean
}

function Decision({ view, checklist, hash, ready }: DecisionProps) {
  const t = useTranslations('review.judge')
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const [unticked, setUnticked] = useState(false)
  const { busy, wrong, decide } = useDecide()
  const as = usePeople().me.id
  const open = (checklist ?? []).filter((point) => !ticked.includes(point))

  async function approve() {
    if (open.length > 0) return setUnticked(true)
    const verdict = { as, draftId: view.draftId, reason: '', checked: [...(checklist ?? [])] }
    const send = () => judgeDraft({ ...verdict, kind: 'approve', hash: hash() })
    if (await decide('approve', send, t('approved'))) setTicked([])
  }
  const tick = (next: readonly string[]) => {
    setTicked(next)
    setUnticked(false)
  }
  const error = unticked && open.length > 0 ? t('tickFirst', { count: open.length }) : undefined
  return (
    <div className="flex flex-col gap-3">
      {checklist && <Checklist points={checklist} ticked={ticked} onChange={tick} error={error} />}
      <div className="flex flex-wrap gap-2">
        {checklist && (
          <Button
            kind={isHeld(view.stage) ? 'quiet' : 'primary'}
            disabled={!ready}
            busy={busy !== null}
            onClick={() => void approve()}
          >
            <CircleCheckBig aria-hidden="true" className="size-4" />
            {t('approve')}
          </Button>
        )}
        <Button onClick={() => setAsking(true)}>{t('requestChanges')}</Button>
      </div>
      <FormError>{wrong ?? undefined}</FormError>
      {asking && <ChangesDialog view={view} hash={hash} onClose={() => setAsking(false)} />}
    </div>
  )
}
