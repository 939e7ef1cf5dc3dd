'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { buttonLook } from '#app/_ui/button-look.ts'
import type { CloseName } from '#lib/protocol/close-codes.ts'

type Props = { room: Room; access: 'write' | 'read' }

/** What stands between the reader and the calendar right now: one thing, the gravest, with what to do about it. */
export function CalendarBanner({ room, access }: Props) {
  const t = useTranslations('calendar.desk.banner')
  const { closed, keeps } = useCell(room.status)
  const saved = useCell(room.saved)
  if (closed) return <Closed room={room} reason={closed} />
  if (saved.kind === 'refused') {
    return (
      <Banner tone="danger" action={<DiscardButton room={room} />}>
        {t('refused', { edits: saved.edits })}
      </Banner>
    )
  }
  if (access === 'read') return null
  if (keeps === false && saved.kind === 'offline') return <Banner tone="warn">{t('keepsNothing')}</Banner>
  return null
}

/** Reasons after which the stock provider does not come back by itself. */
type Final = 'badMessage' | 'signedOut' | 'forbidden' | 'reloadPage' | 'tooFast'

const ACTIONS: Readonly<Record<Final, (props: { room: Room }) => ReactNode>> = {
  badMessage: (props) => <DiscardButton {...props} />,
  signedOut: () => <SignInLink />,
  forbidden: () => null,
  reloadPage: () => <ReloadButton />,
  tooFast: (props) => <RetryButton {...props} />,
}

const isFinal = (reason: CloseName): reason is Final => reason in ACTIONS

function Closed({ room, reason }: { room: Room; reason: CloseName }) {
  const t = useTranslations('calendar.desk.banner')
  const known = isFinal(reason) ? reason : 'badMessage'
  const edits = room.unsent()
  return (
    <Banner
      tone={known === 'reloadPage' || known === 'signedOut' ? 'warn' : 'danger'}
      action={ACTIONS[known]({ room })}
    >
      {t(`closed.${known}`)}
      {edits > 0 && ` ${t('stillHere', { edits })}`}
    </Banner>
  )
}

function SignInLink() {
  const t = useTranslations('calendar.desk.banner')
  const next = encodeURIComponent(`${location.pathname}${location.search}`)
  // Not the router: the session is gone, and so is everything that it has cached of the newsroom.
  return (
    <a href={`/sign-in?next=${next}`} className={buttonLook('primary', 'small')}>
      {t('signIn')}
    </a>
  )
}

function ReloadButton() {
  const t = useTranslations('calendar.desk.banner')
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

/** The server will not take this browser’s edits: the way back to what everybody else sees. */
function DiscardButton({ room }: { room: Room }) {
  const t = useTranslations('calendar.desk.banner')
  return (
    <Button size="small" onClick={() => void room.forget().then(() => location.reload())}>
      {t('discard')}
    </Button>
  )
}
