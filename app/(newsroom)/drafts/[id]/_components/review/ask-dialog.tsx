'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useEverybodyHere } from '#app/_collab/newsroom.tsx'
import { AvatarStack } from '#app/_ui/avatar.tsx'
import { TextArea } from '#app/_ui/text-area.tsx'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { askReview } from '../../../../_review/actions.ts'
import { DecisionForm } from './decision-form.tsx'
import { useJudges } from './judges.ts'
import { PeoplePicker } from './people-picker.tsx'
import { useDecide } from './use-decide.ts'

type Whom = 'named' | 'anybody'

/** Asks for a review: named people, or whoever is here. */
export function AskDialog({ view, onClose }: { view: ReviewView; onClose: () => void }) {
  const t = useTranslations('review.ask')
  const judges = useJudges(view)
  const [whom, setWhom] = useState<Whom>(view.round?.anybody ? 'anybody' : 'named')
  const [chosen, setChosen] = useState<readonly VolunteerId[]>([])
  const [note, setNote] = useState('')
  const [unchosen, setUnchosen] = useState(false)
  const { busy, wrong, decide } = useDecide()

  async function ask() {
    if (whom === 'named' && chosen.length === 0) return setUnchosen(true)
    const reviewers = whom === 'named' ? [...chosen] : []
    const round = { draftId: view.draftId, note: note.trim(), reviewers }
    const done = await decide('ask', () => askReview(round), t('done'))
    if (done) onClose()
  }
  return (
    <DecisionForm
      title={view.round ? t('titleMore') : t('title')}
      submitLabel={t('submit')}
      busy={busy !== null}
      wrong={wrong}
      onSubmit={() => void ask()}
      onClose={onClose}
    >
      <WhomChoice value={whom} onChange={setWhom} />
      {whom === 'named' ? (
        <PeoplePicker
          people={judges}
          writers={view.writers}
          chosen={chosen}
          onChange={(next) => {
            setChosen(next)
            setUnchosen(false)
          }}
          error={unchosen ? t('chooseSomebody') : undefined}
        />
      ) : (
        <WhoIsHere judges={judges.map(({ id }) => id)} />
      )}
      <TextArea
        label={t('note')}
        hint={t('noteHint')}
        value={note}
        maxLength={1000}
        onChange={(event) => setNote(event.target.value)}
      />
    </DecisionForm>
  )
}

function WhomChoice({ value, onChange }: { value: Whom; onChange: (whom: Whom) => void }) {
  const t = useTranslations('review.ask')
  return (
    <fieldset className="flex flex-wrap gap-x-5">
      <legend className="mb-1 font-medium text-sm">{t('whom')}</legend>
      {(['named', 'anybody'] as const).map((whom) => (
        <label key={whom} className="flex min-h-(--control-small) items-center gap-2">
          <input
            type="radio"
            name="whom"
            value={whom}
            checked={value === whom}
            onChange={() => onChange(whom)}
            className="size-4.5 accent-accent"
          />
          {t(whom)}
        </label>
      ))}
    </fieldset>
  )
}

/** Of those who may judge, who has a draft open right now. */
function WhoIsHere({ judges }: { judges: readonly string[] }) {
  const t = useTranslations('review.ask')
  const here = useEverybodyHere().filter(({ volunteerId }) => judges.includes(volunteerId))
  const names = here.map(({ name }) => name).join(', ')
  return (
    <p className="flex items-center gap-2.5 text-soft" aria-live="polite">
      {here.length > 0 && <AvatarStack people={here} label={t('here', { names })} />}
      <span aria-hidden={here.length > 0 || undefined}>
        {here.length > 0 ? t('here', { names }) : t('nobodyHere')}
      </span>
    </p>
  )
}
