'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { toast } from '#app/_ui/toast.ts'
import { ClosedBanner } from '../../../_room/closed-banner.tsx'
import { Rescue } from '../../../_room/rescue.tsx'
import { copyDraft } from './copy-draft.ts'

type Props = {
  room: Room
  /** Null while there is no text to show. */
  editor: Editor | null
  access: 'write' | 'read'
  archived: boolean
  /** Brings an archived draft back; null for those who may not. */
  onRestore: (() => void) | null
}

/** What stands between the writer and their text right now: one thing, the gravest, with what to do about it. */
export function RoomBanner({ room, editor, access, archived, onRestore }: Props) {
  const t = useTranslations('editor.banner')
  const shared = useTranslations('common.room')
  const { closed, keeps } = useCell(room.status)
  const saved = useCell(room.saved)
  const copy = <CopyButton room={room} editor={editor} />
  if (closed) {
    const words = { forbidden: t('forbidden'), noSuchDocument: t('noSuchDocument') }
    return <ClosedBanner room={room} reason={closed} words={words} copy={copy} />
  }
  if (saved.kind === 'refused') {
    return (
      <Banner tone="danger" action={<Rescue room={room} copy={copy} />}>
        {t('refused', { edits: saved.edits })}
      </Banner>
    )
  }
  if (archived) {
    const restore = onRestore && (
      <Button size="small" onClick={onRestore}>
        {t('restore')}
      </Button>
    )
    return <Banner action={restore}>{t('archived')}</Banner>
  }
  if (access === 'read') return <Banner>{t('reader')}</Banner>
  if (keeps === false && saved.kind === 'offline')
    return <Banner tone="warn">{shared('keepsNothing')}</Banner>
  return null
}

function CopyButton({ room, editor }: { room: Room; editor: Editor | null }) {
  const t = useTranslations('editor.banner')
  if (!editor) return null
  return (
    <Button
      size="small"
      onClick={() =>
        void copyDraft(room, editor).then(
          () => toast.done(t('copied')),
          () => toast.failed(t('notCopied')),
        )
      }
    >
      {t('copy')}
    </Button>
  )
}
