'use client'

import { BadgeAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { textHash, textOf } from '#lib/documents/draft/text.ts'
import { can } from '#lib/domain/permissions.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { useDesk } from '../desk.tsx'
import { EmergencyDialog } from './emergency-dialog.tsx'
import { useBlind } from './may-decide.ts'
import { isClear, isInWork } from './next-step.ts'
import { ReviewPart } from './review-part.tsx'

/** For coordinators, where an approval is missing and nobody can be waited for. */
export function EmergencyPart({ view }: { view: ReviewView }) {
  const t = useTranslations('review.emergency')
  const { room, archived } = useDesk()
  const { me } = usePeople()
  const blind = useBlind()
  const [asking, setAsking] = useState(false)
  const may = can({ volunteerId: me.id, role: me.role }, 'review.override', { archived })
  if (!may || !isInWork(view) || isClear(view)) return null
  return (
    <ReviewPart title={t('part')}>
      <p className="text-soft">{t('hint')}</p>
      <Button className="self-start" disabled={blind !== null} onClick={() => setAsking(true)}>
        <BadgeAlert aria-hidden="true" className="size-4 text-danger" />
        {t('open')}
      </Button>
      {asking && (
        <EmergencyDialog
          view={view}
          hash={() => textHash(textOf(room.doc))}
          onClose={() => setAsking(false)}
        />
      )}
    </ReviewPart>
  )
}
