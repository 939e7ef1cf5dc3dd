'use client'

import { CalendarCheck2, CalendarPlus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '#app/_ui/button.tsx'
import { ChannelMark } from '#app/(newsroom)/calendar/_components/channels/channel-look.tsx'
import { slotAddress } from '#app/(newsroom)/calendar/_components/slot/copy-slot.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { usePlannedWords } from '../../_components/planned-words.ts'
import { inOrder } from './planned-slots.ts'
import { StageChoice } from './stage-choice.tsx'

type Props = {
  draft: { readonly id: string; readonly stage: Parameters<typeof StageChoice>[0]['stage'] }
  slots: readonly Slot[]
  zone: string
  editable: boolean
  /** Null for those who may not plan. */
  onPlan: (() => void) | null
}

/** How far the text has come and when it goes out, above its title. */
export function Standing({ draft, slots, zone, editable, onPlan }: Props) {
  const t = useTranslations('drafts.planned')
  const planned = inOrder(slots, Date.now(), zone)
  return (
    <div className="draft-standing">
      <StageChoice id={draft.id} stage={draft.stage} editable={editable} />
      {planned[0] ? (
        <PlannedLink {...planned[0]} zone={zone} others={planned.length - 1} />
      ) : (
        onPlan && (
          <Button kind="ghost" size="small" onClick={onPlan}>
            <CalendarPlus aria-hidden="true" className="size-4" />
            {t('plan')}
          </Button>
        )
      )}
    </div>
  )
}

type LinkProps = ReturnType<typeof inOrder>[number] & { zone: string; others: number }

function PlannedLink({ slot, day, zone, others }: LinkProps) {
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
