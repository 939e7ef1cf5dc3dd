'use client'

import { useTranslations } from 'next-intl'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { can } from '#lib/domain/permissions.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { moveDraft } from '../../../../_review/actions.ts'
import { useGapWords } from '../../../../_review/gap-words.ts'
import { StageBadge } from '../../../_components/stage-badge.tsx'
import { useDesk } from '../desk.tsx'
import { useDecide } from './use-decide.ts'
import { VerdictBadge } from './verdict-list.tsx'

/** How far the text has come, and what is missing for it to go further. */
export function StandingPart({ view }: { view: ReviewView }) {
  const t = useTranslations('review.standing')
  const gaps = useGapWords()(view.missing)
  const emergencies = view.verdicts.filter(({ kind }) => kind === 'override')
  const emergencyCounts = emergencies.some(({ counts }) => counts)
  return (
    <section aria-label={t('label')} className="flex flex-col gap-3 border-rule border-b px-4 py-4">
      <p className="flex flex-wrap items-center gap-1.5">
        <StageBadge stage={view.stage} />
        {emergencies.length > 0 && <VerdictBadge kind="override" counts />}
      </p>
      {view.voided && <Banner tone="warn">{t('voided')}</Banner>}
      {view.changedSincePublication && <Banner tone="warn">{t('changedSincePublication')}</Banner>}
      {gaps.length > 0 ? (
        <ul className="flex flex-col gap-1 text-soft">
          {gaps.map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
        </ul>
      ) : (
        <p className="text-soft">{t('nothingMissing')}</p>
      )}
      {emergencyCounts && <p className="text-soft">{t('emergency')}</p>}
      <Idea view={view} />
    </section>
  )
}

/** An idea is taken up, or a text laid aside: what needs nobody’s verdict. */
function Idea({ view: { draftId: id, stage } }: { view: ReviewView }) {
  const t = useTranslations('review.standing')
  const { archived } = useDesk()
  const { me } = usePeople()
  const { busy, wrong, decide } = useDecide()
  const may = can({ volunteerId: me.id, role: me.role }, 'draft.stage', { archived })
  if (!may || (stage !== 'idea' && stage !== 'drafting')) return null
  const idea = stage === 'idea'
  const move = () => moveDraft({ id, stage: idea ? 'drafting' : 'idea' })
  return (
    <>
      <Button
        size="small"
        kind={idea ? 'primary' : 'ghost'}
        className={idea ? 'self-start' : '-ml-2.5 self-start'}
        busy={busy !== null}
        onClick={() => void decide('move', move, idea ? t('started') : t('shelved'))}
      >
        {idea ? t('start') : t('shelve')}
      </Button>
      <FormError>{wrong ?? undefined}</FormError>
    </>
  )
}
