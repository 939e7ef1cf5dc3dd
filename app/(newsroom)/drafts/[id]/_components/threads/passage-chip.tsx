'use client'

import { MessageSquareText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCell } from '#app/_collab/use-cell.ts'
import { buttonLook } from '#app/_ui/button-look.ts'
import { usePeople } from '#app/(newsroom)/_people/people.tsx'
import { useThreadPlace } from '#app/(newsroom)/_threads/thread-place.tsx'
import { excerptOf } from '#lib/domain/threads/comment.ts'
import { useDesk } from '../desk.tsx'
import type { Passages } from './passages.ts'

/**
 * Without a margin, a press on a passage shows what is said of it in one line. A sheet that opened at once would come
 * between the text and whoever only wanted to put the caret there.
 */
export function PassageChip({ passages }: { passages: Passages }) {
  const t = useTranslations('threads')
  const { openPanel } = useDesk()
  const { model } = useThreadPlace()
  const people = usePeople()
  const active = useCell(passages.active)
  const thread = useCell(model.threads).find(({ id }) => id === active?.id)
  const first = thread?.comments[0]
  if (!thread || !first) return null
  const nameOf = (id: typeof first.author) => people.find(id)?.name ?? t('somebody')
  return (
    <div className="desk-chip">
      <button
        type="button"
        // The text keeps the caret, and a phone its keyboard.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => openPanel('threads')}
        className={buttonLook('quiet', 'normal', 'min-w-0 max-w-full shadow-lift')}
      >
        <MessageSquareText aria-hidden="true" className="size-4 shrink-0 text-accent" />
        <span className="min-w-0 truncate">
          <span className="sr-only">{t('openThread', { name: '' })}</span>
          <span className="font-semibold">{nameOf(first.author)}</span> {excerptOf(first.body, nameOf, 80)}
        </span>
      </button>
    </div>
  )
}
