'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { buttonLook } from '#app/_ui/button-look.ts'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { toast } from '#app/_ui/toast.ts'
import type { CloseName } from '#lib/protocol/close-codes.ts'
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
  const { closed, keeps } = useCell(room.status)
  const saved = useCell(room.saved)
  if (closed) return <Closed room={room} editor={editor} reason={closed} />
  if (saved.kind === 'refused') {
    return (
      <Banner tone="danger" action={<RescueButtons room={room} editor={editor} />}>
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
  if (keeps === false && saved.kind === 'offline') return <Banner tone="warn">{t('keepsNothing')}</Banner>
  return null
}

/** Reasons after which the stock provider does not come back by itself. */
type Final = Extract<
  CloseName,
  'badMessage' | 'signedOut' | 'forbidden' | 'noSuchDocument' | 'reloadPage' | 'tooLarge' | 'tooFast'
>

const isFinal = (reason: CloseName): reason is Final => reason in ACTIONS

const ACTIONS: Record<Final, (props: { room: Room; editor: Editor | null }) => ReactNode> = {
  badMessage: (props) => <RescueButtons {...props} />,
  tooLarge: (props) => <RescueButtons {...props} />,
  signedOut: () => <SignInLink />,
  forbidden: (props) => <CopyButton {...props} />,
  noSuchDocument: (props) => <CopyButton {...props} />,
  reloadPage: () => <ReloadButton />,
  tooFast: ({ room }) => <RetryButton room={room} />,
}

function Closed({ room, editor, reason }: { room: Room; editor: Editor | null; reason: CloseName }) {
  const t = useTranslations('editor.banner')
  const known = isFinal(reason) ? reason : 'badMessage'
  const edits = room.unsent()
  return (
    <Banner
      tone={known === 'reloadPage' || known === 'signedOut' ? 'warn' : 'danger'}
      action={ACTIONS[known]({ room, editor })}
    >
      {t(`closed.${known}`)}
      {edits > 0 && ` ${t('stillHere', { edits })}`}
    </Banner>
  )
}

function SignInLink() {
  const t = useTranslations('editor.banner')
  // Not the router: the session is gone, and so is everything that it has cached of the newsroom.
  return (
    <a
      href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}
      className={buttonLook('primary', 'small')}
    >
      {t('signIn')}
    </a>
  )
}

function ReloadButton() {
  const t = useTranslations('editor.banner')
  return (
    <Button size="small" kind="primary" onClick={() => location.reload()}>
      {t('reload')}
    </Button>
  )
}

function RetryButton({ room }: { room: Room }) {
  const common = useTranslations('common')
  return (
    <Button size="small" onClick={room.reconnect}>
      {common('retry')}
    </Button>
  )
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

const loadDiscard = () => import('./discard-dialog.tsx').then((module) => module.DiscardDialog)

/** The server will not take this browser’s edits: carry the text away, or go back to what is saved. */
function RescueButtons({ room, editor }: { room: Room; editor: Editor | null }) {
  const t = useTranslations('editor.banner')
  const [asking, setAsking] = useState(false)
  const { Part: DiscardDialog, want } = useOnDemand(loadDiscard)
  return (
    <span className="flex flex-wrap gap-2">
      <CopyButton room={room} editor={editor} />
      <Button
        size="small"
        onClick={() => {
          want()
          setAsking(true)
        }}
      >
        {t('discard')}
      </Button>
      {DiscardDialog && asking && <DiscardDialog room={room} onClose={() => setAsking(false)} />}
    </span>
  )
}
