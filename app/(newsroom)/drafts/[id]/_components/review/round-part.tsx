'use client'

import { Check, UserRoundPlus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Avatar } from '#app/_ui/avatar.tsx'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import { isUnderReview } from '#lib/domain/review/stage.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { withdrawReview } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import { mayBeAsked } from './next-step.ts'
import { ReviewPart } from './review-part.tsx'
import { useDecide } from './use-decide.ts'

type Props = { view: ReviewView; onAsk: () => void }

/** Who asks whom for a review. */
export function RoundPart({ view, onAsk }: Props) {
  const t = useTranslations('review.round')
  const { archived } = useDesk()
  const { me } = usePeople()
  const asks = can({ volunteerId: me.id, role: me.role }, 'review.ask', { archived })
  if (view.round) return <OpenRound view={view} round={view.round} asks={asks} onAsk={onAsk} />
  const open = mayBeAsked(view)
  return (
    <ReviewPart title={t('title')}>
      <p className="text-soft">{open ? t('none') : view.stage === 'published' ? t('out') : t('notNow')}</p>
      {open && !asks && !archived && <p className="text-soft">{t('notYours')}</p>}
      {open && asks && (
        <Button className="self-start" onClick={onAsk}>
          <UserRoundPlus aria-hidden="true" className="size-4" />
          {t('ask')}
        </Button>
      )}
    </ReviewPart>
  )
}

type OpenProps = Props & { round: NonNullable<ReviewView['round']>; asks: boolean }

function OpenRound({ view, round, asks, onAsk }: OpenProps) {
  const t = useTranslations('review.round')
  const { find, me } = usePeople()
  const { busy, wrong, decide } = useDecide()
  const by = find(round.askedBy)
  return (
    <ReviewPart title={t('title')}>
      <p className="flex items-center gap-2">
        {by && <Avatar name={by.name} color={by.color} size="small" decorative />}
        <span className="min-w-0">
          {round.askedBy === me.id ? t('byYou') : t('by', { name: by?.name ?? t('somebody') })}{' '}
          <RelativeTime at={round.askedAt} className="text-faint text-sm" />
        </span>
      </p>
      {round.note && (
        <blockquote className="whitespace-pre-wrap border-edge border-l-3 pl-3 text-soft">
          {round.note}
        </blockquote>
      )}
      {round.reviewers.length > 0 && <Asked view={view} round={round} />}
      {round.anybody && <p className="text-soft">{t('anybody')}</p>}
      {asks && mayBeAsked(view) && (
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={onAsk}>
            <UserRoundPlus aria-hidden="true" className="size-4" />
            {t('askMore')}
          </Button>
          {isUnderReview(view.stage) && (
            <Button
              size="small"
              kind="ghost"
              busy={busy === 'withdraw'}
              onClick={() =>
                void decide('withdraw', () => withdrawReview({ id: view.draftId }), t('withdrawn'))
              }
            >
              {t('withdraw')}
            </Button>
          )}
        </div>
      )}
      <FormError>{wrong ?? undefined}</FormError>
    </ReviewPart>
  )
}

/** Those who were asked, and what each of them has said of the text as it is. */
function Asked({ view, round }: Pick<OpenProps, 'view' | 'round'>) {
  const t = useTranslations('review.round')
  const { find, me } = usePeople()
  const said = (id: VolunteerId) => view.verdicts.find(({ by, counts }) => by === id && counts)
  return (
    <ul aria-label={t('asked')} className="flex flex-col gap-1.5">
      {round.reviewers.map((id) => {
        const person = find(id)
        const verdict = said(id)
        return (
          <li key={id} className="flex items-center gap-2">
            {person && <Avatar name={person.name} color={person.color} size="small" decorative />}
            <span className="min-w-0 grow truncate">{id === me.id ? t('you') : person?.name}</span>
            <span className="flex items-center gap-1 text-faint text-sm [&_svg]:size-3.5">
              {verdict &&
                (verdict.kind === 'changes' ? <X aria-hidden="true" /> : <Check aria-hidden="true" />)}
              {verdict ? t(`said.${verdict.kind}`) : t('waiting')}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
