'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { useGapWords } from '../../../../_review/gap-words.ts'
import { useNames } from '../../../../_review/names.ts'
import { StageBadge } from '../../../_components/stage-badge.tsx'
import { useDesk } from '../desk.tsx'

/** How far the text has come; a press opens its review. */
export function StageButton({ stage }: { stage: Stage }) {
  const t = useTranslations('review.status')
  const stages = useTranslations('common.stages')
  const { panel, openPanel } = useDesk()
  const open = panel === 'review'
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-label={t('open', { stage: stages(stage) })}
      onClick={() => openPanel(open ? null : 'review')}
      className="flex min-h-(--control-small) shrink-0 items-center gap-0.5 rounded-sm px-1 text-faint hover:bg-well hover:text-ink aria-expanded:bg-well"
    >
      <StageBadge stage={stage} />
      <ChevronRight aria-hidden="true" className="size-3.5" />
    </button>
  )
}

/** Who is to act and what is missing, in a few words. */
export function StatusWords({ view }: { view: ReviewView }) {
  const t = useTranslations('review.status')
  const words = useStatusWords(view)
  return (
    <p role="status" className="min-h-5 px-2 text-faint text-sm">
      {view.voided && <span className="font-medium text-warn">{t('voided')} </span>}
      {words.join(' ')}
    </p>
  )
}

function useStatusWords(view: ReviewView): readonly string[] {
  const t = useTranslations('review.status')
  const gaps = useGapWords()
  const asked = useAskedWords()
  const { me, find } = usePeople()
  const { stage, round, verdicts, missing } = view
  const words: string[] = []
  if (verdicts.some(({ kind, counts }) => kind === 'override' && counts)) words.push(t('emergency'))
  if (view.changedSincePublication) words.push(t('changedSincePublication'))
  if (round) words.push(asked(round))
  const changes = verdicts.find(({ kind, counts }) => kind === 'changes' && counts)
  if (stage === 'changesRequested' && changes) {
    const name = find(changes.by)?.name ?? ''
    words.push(changes.by === me.id ? t('changesByYou') : t('changes', { name }))
  }
  if (stage !== 'inReview') return words
  const wrote = view.writers.includes(me.id) && missing.some(({ kind }) => kind !== 'another')
  return [...words, ...gaps(missing), ...(wrote ? [t('youWrote')] : [])]
}

function useAskedWords(): (round: NonNullable<ReviewView['round']>) => string {
  const t = useTranslations('review.status')
  const names = useNames()
  const { me, find } = usePeople()
  return ({ askedBy, anybody, reviewers }) => {
    const you = askedBy === me.id
    const by = find(askedBy)?.name ?? ''
    if (anybody || reviewers.length === 0) return you ? t('youAskedAnybody') : t('askedAnybody', { by })
    if (!you && reviewers.every((id) => id === me.id)) return t('askedYou', { by })
    const whom = names(reviewers)
    return you ? t('youAsked', { whom }) : t('asked', { by, whom })
  }
}
