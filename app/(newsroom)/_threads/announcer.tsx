'use client'

import { useTranslations } from 'next-intl'
import { useCell } from '#app/_collab/use-cell.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { excerptOf } from '#lib/domain/threads/comment.ts'
import { usePeople } from '../_people/people.tsx'
import type { ThreadModel } from './thread-model.ts'

/** Says to those who listen to the page that somebody else has commented. */
export function Announcer({ model }: { model: ThreadModel }) {
  const t = useTranslations('threads')
  const people = usePeople()
  const latest = useCell(model.latest)
  const nameOf = (id: VolunteerId) => people.find(id)?.name ?? t('somebody')
  return (
    <output className="sr-only">
      {latest &&
        t('arrived', {
          author: nameOf(latest.comment.author),
          text: excerptOf(latest.comment.body, nameOf, 120),
        })}
    </output>
  )
}
