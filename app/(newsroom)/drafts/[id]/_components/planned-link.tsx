'use client'

import { CalendarCheck2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ChannelMark } from '#app/(newsroom)/calendar/_components/channels/channel-look.tsx'
import { slotAddress } from '#app/(newsroom)/calendar/_components/slot/copy-slot.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { usePlannedWords } from '../../_components/planned-words.ts'
import { inOrder } from './planned-slots.ts'

/** Where a draft is planned: its next place, and how many others there are. */
export function PlannedLink({ slots, zone }: { slots: readonly Slot[]; zone: string }) {
  const [next, ...others] = inOrder(slots, Date.now(), zone)
  return next && <PlaceLink {...next} zone={zone} others={others.length} />
}

type LinkProps = ReturnType<typeof inOrder>[number] & { zone: string; others: number }

function PlaceLink({ slot, day, zone, others }: LinkProps) {
  const t = useTranslations('drafts.planned')
  const channels = useTranslations('common.channels')
  const words = usePlannedWords(zone)
  return (
    <Link
      href={slotAddress(slot.id, day, slot.repeat !== null)}
      className="flex min-h-(--control-small) min-w-0 items-center gap-1.5 rounded-sm px-2 text-soft text-sm hover:bg-well hover:text-ink"
    >
      <CalendarCheck2 aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <span className="truncate max-sm:hidden">{words(slot, day)}</span>
      <span className="truncate sm:hidden">{words(slot, day, true)}</span>
      {slot.channels.map((channel) => (
        <span key={channel} className="contents">
          <ChannelMark channel={channel} />
          <span className="max-sm:sr-only">{channels(channel)}</span>
        </span>
      ))}
      {others > 0 && <span className="shrink-0 text-faint">{t('others', { others })}</span>}
    </Link>
  )
}
