'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { buttonLook } from '#app/_ui/button-look.ts'
import type { CloseName } from '#lib/protocol/close-codes.ts'
import { Rescue } from './rescue.tsx'

type Props = {
  room: Room
  reason: CloseName
  /** What the document is called when it is out of reach. */
  words: { readonly forbidden: string; readonly noSuchDocument: string }
  /** A way to carry away what is not saved; null where there is none. */
  copy: ReactNode
}

/** Reasons after which the stock provider does not come back by itself. */
const FINAL = [
  'badMessage',
  'signedOut',
  'forbidden',
  'noSuchDocument',
  'reloadPage',
  'tooLarge',
  'tooFast',
] as const satisfies readonly CloseName[]
type Final = (typeof FINAL)[number]

const isFinal = (reason: CloseName): reason is Final => (FINAL as readonly CloseName[]).includes(reason)

/** Why the server closed a document for good, and what can be done about it. */
export function ClosedBanner({ room, reason, words, copy }: Props) {
  const t = useTranslations('common.room')
  const known = isFinal(reason) ? reason : 'badMessage'
  const edits = room.unsent()
  const rescue = <Rescue room={room} copy={copy} />
  const actions: Readonly<Record<Final, ReactNode>> = {
    badMessage: rescue,
    tooLarge: rescue,
    signedOut: <SignInLink />,
    forbidden: copy,
    noSuchDocument: copy,
    reloadPage: <ReloadButton />,
    tooFast: <RetryButton room={room} />,
  }
  return (
    <Banner
      tone={known === 'reloadPage' || known === 'signedOut' ? 'warn' : 'danger'}
      action={actions[known]}
    >
      {known === 'forbidden' || known === 'noSuchDocument' ? words[known] : t(`closed.${known}`)}
      {edits > 0 && ` ${t('stillHere', { edits })}`}
    </Banner>
  )
}

function SignInLink() {
  const t = useTranslations('common.room')
  const next = encodeURIComponent(`${location.pathname}${location.search}`)
  // Not the router: the session is gone, and so is everything that it has cached of the newsroom.
  return (
    <a href={`/sign-in?next=${next}`} className={buttonLook('primary', 'small')}>
      {t('signIn')}
    </a>
  )
}

function ReloadButton() {
  const t = useTranslations('common.room')
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
