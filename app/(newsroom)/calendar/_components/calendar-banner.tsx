'use client'

import { useTranslations } from 'next-intl'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Banner } from '#app/_ui/banner.tsx'
import { ClosedBanner } from '../../_room/closed-banner.tsx'
import { Rescue } from '../../_room/rescue.tsx'

type Props = { room: Room; access: 'write' | 'read' }

/** What stands between the reader and the calendar right now: one thing, the gravest, with what to do about it. */
export function CalendarBanner({ room, access }: Props) {
  const t = useTranslations('calendar.desk.banner')
  const shared = useTranslations('common.room')
  const { closed, keeps } = useCell(room.status)
  const saved = useCell(room.saved)
  if (closed) {
    const words = { forbidden: t('forbidden'), noSuchDocument: t('noSuchDocument') }
    return <ClosedBanner room={room} reason={closed} words={words} copy={null} />
  }
  if (saved.kind === 'refused') {
    return (
      <Banner tone="danger" action={<Rescue room={room} copy={null} />}>
        {t('refused', { edits: saved.edits })}
      </Banner>
    )
  }
  if (access === 'read') return null
  if (keeps === false && saved.kind === 'offline')
    return <Banner tone="warn">{shared('keepsNothing')}</Banner>
  return null
}
