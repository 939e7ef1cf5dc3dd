'use client'

import type { Editor } from '@tiptap/core'
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Room } from '#app/_collab/room.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { DraftMenu } from '../../_components/draft-menu.tsx'
import { useDraftActs } from '../../_components/use-draft-acts.ts'
import { useDeskPanel } from './desk-address.ts'
import { HistoryButton } from './history/history-button.tsx'
import { PeopleHere } from './people-here.tsx'
import { SavedIndicator } from './saved-indicator.tsx'
import { SuggestSwitch } from './suggest/suggest-switch.tsx'
import { ThreadsButton } from './threads/threads-button.tsx'
import { UndoButtons } from './undo-buttons.tsx'
import { usePhone } from './use-phone.ts'

type Props = {
  draft: { id: string }
  room: Room
  /** Null while there is no text to show. */
  editor: Editor | null
  person: PersonHere
  access: 'write' | 'read'
  archived: boolean
  may: { create: boolean; archive: boolean }
  /** Null for those who may not plan. */
  onPlan: (() => void) | null
  onCheck: () => Promise<unknown>
}

/** The line above a draft: the way back, whether it is saved, who is here, and what can be done with it. */
export function DraftHeader({ draft, room, editor, person, access, archived, may, onPlan, onCheck }: Props) {
  const t = useTranslations('editor')
  const { openPanel } = useDeskPanel()
  const phone = usePhone()
  const acts = useDraftActs({ onGone: () => {} })
  const then = (done: Promise<boolean>) => done.then((ok) => (ok ? onCheck().then(() => ok) : ok))
  const here = {
    ...acts,
    archive: (id: string) => then(acts.archive(id)),
    restore: (id: string) => then(acts.restore(id)),
  }
  return (
    <header className="sticky top-0 z-20 flex h-14 shrink-0 items-center gap-1 border-rule border-b bg-paper px-1.5 sm:px-3">
      <Link href="/drafts" aria-label={t('back')} title={t('back')} className={iconButtonLook()}>
        <ArrowLeft aria-hidden="true" />
      </Link>
      <div className="min-w-0 grow">
        <SavedIndicator room={room} access={access} />
      </div>
      <PeopleHere room={room} me={person.volunteerId} />
      {editor && access === 'write' && (
        <div className="ml-1 hidden md:pointer-fine:flex">
          <UndoButtons editor={editor} />
        </div>
      )}
      {editor && (
        <>
          <SuggestSwitch />
          <ThreadsButton />
          {!phone && <HistoryButton />}
        </>
      )}
      <DraftMenu
        id={draft.id}
        label={t('actions')}
        archived={archived}
        may={may}
        acts={here}
        onPlan={archived ? null : onPlan}
        onHistory={editor && phone ? () => openPanel('history') : undefined}
      />
    </header>
  )
}
