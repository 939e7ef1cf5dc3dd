'use client'

import { BadgeAlert, CircleCheckBig, CircleDashed } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '#app/_ui/badge.tsx'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { VerdictKind } from '#lib/domain/review/verdict.ts'
import type { ReviewView, VerdictView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { takeBackVerdict } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import { ReviewPart } from './review-part.tsx'
import { useDecide } from './use-decide.ts'

/** All that was decided on this draft, newest first. */
export function VerdictList({ view }: { view: ReviewView }) {
  const t = useTranslations('review.verdicts')
  const { me } = usePeople()
  const { archived } = useDesk()
  if (view.verdicts.length === 0) return null
  return (
    <ReviewPart title={t('title')}>
      <ul className="flex flex-col gap-4">
        {view.verdicts.map((verdict) => (
          <Verdict
            key={verdict.id}
            verdict={verdict}
            mine={isMine(verdict, me.id) && !archived && view.stage !== 'published'}
          />
        ))}
      </ul>
    </ReviewPart>
  )
}

/** An emergency stays written down. */
const isMine = ({ by, kind, counts }: VerdictView, me: VolunteerId): boolean =>
  by === me && counts && kind !== 'override'

const LOOKS: Readonly<Record<VerdictKind, { icon: ReactNode; tone: 'good' | 'warn' | 'danger' }>> = {
  approve: { icon: <CircleCheckBig />, tone: 'good' },
  changes: { icon: <CircleDashed />, tone: 'warn' },
  override: { icon: <BadgeAlert />, tone: 'danger' },
}

/** A shape, a word, and a colour as long as it counts. */
export function VerdictBadge({ kind, counts }: { kind: VerdictKind; counts: boolean }) {
  const t = useTranslations('review.verdicts.kinds')
  const { icon, tone } = LOOKS[kind]
  return (
    <Badge tone={counts || kind === 'override' ? tone : 'plain'}>
      <span aria-hidden="true" className="contents [&_svg]:size-3">
        {icon}
      </span>
      {t(kind)}
    </Badge>
  )
}

function Verdict({ verdict, mine }: { verdict: VerdictView; mine: boolean }) {
  const t = useTranslations('review.verdicts')
  const { me, find } = usePeople()
  const { busy, wrong, decide } = useDecide()
  const { id, by, kind, reason, checked, at, counts } = verdict
  return (
    <li className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <VerdictBadge kind={kind} counts={counts} />
        <span className="font-medium">{by === me.id ? t('you') : (find(by)?.name ?? t('somebody'))}</span>
        <RelativeTime at={at} className="text-faint text-sm" />
      </p>
      {!counts && <p className="text-faint text-sm">{t('countsNoMore')}</p>}
      {reason && <p className="whitespace-pre-wrap text-soft">{reason}</p>}
      {checked.length > 0 && (
        <details className="text-faint text-sm">
          <summary className="min-h-6">{t('checked', { count: checked.length })}</summary>
          <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5">
            {checked.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </details>
      )}
      {mine && (
        <Button
          size="small"
          kind="ghost"
          className="-ml-2.5 self-start"
          busy={busy !== null}
          onClick={() => void decide('takeBack', () => takeBackVerdict({ id }), t('tookBack'))}
        >
          {t('takeBack')}
        </Button>
      )}
      <FormError>{wrong ?? undefined}</FormError>
    </li>
  )
}
