'use client'

import { Lock as LockIcon, Repeat } from 'lucide-react'
import { memo, useCallback } from 'react'
import { Avatar } from '#app/_ui/avatar.tsx'
import { classNames } from '#app/_ui/class-names.ts'
import { StageIcon } from '#app/(newsroom)/drafts/_components/stage-badge.tsx'
import { ruleOccurrence } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { ChannelMark } from '../channels/channel-look.tsx'
import { type DraftFace, faceOf, useCalendar } from '../model.ts'
import { useHeldElsewhere, usePart, useReader } from '../presence/presence-use.ts'
import { keyOf, parseKey } from './grid-events.ts'
import { useSlotWords } from './grid-slot-words.ts'
import { clockWords } from './grid-words.ts'

type SlotShape = 'line' | 'bar' | 'block'

type Props = {
  /** `keyOf` of the occurrence. */
  name: string
  shape: SlotShape
  /** Little room: time and title share a line. */
  short: boolean
  /** Told beside the title while it is carried: the hour under the hand. */
  carriedTo: string | null
}

/**
 * One slot in a grid. It reads its slot by itself: a title that changes draws one slot again, and a hand that moves
 * elsewhere draws none.
 */
export const SlotFace = memo(function SlotFace({ name, ...look }: Props) {
  const model = useCalendar()
  const key = parseKey(name)
  const id = key?.slot ?? null
  const find = useCallback((slots: ReadonlyMap<SlotId, Slot>) => (id && slots.get(id)) || null, [id])
  const live = usePart(model.live, find)
  const past = usePart(model.past, find)
  const slot = live ?? past
  if (!key || !slot) return null
  return <Face slot={slot} day={key.day ?? dayOf(slot.time)} archived={live === null} {...look} />
})

type FaceProps = Omit<Props, 'name'> & { slot: Slot; day: PlainDay; archived: boolean }

function Face({ slot, day, archived, shape, short, carriedTo }: FaceProps) {
  const model = useCalendar()
  const { locale, settings } = model
  const draft = useDraft(slot)
  const words = useSlotWords()
  const face = faceOf(slot, draft ? new Map([[draft.id, draft]]) : new Map())
  const locked = useLocked(slot.id, day)
  const reader = useReader(slot.id)
  const held = useHeldElsewhere(slot.id)
  const occurrence = ruleOccurrence(slot, day, settings.zone)
  const start = occurrence?.start ?? null
  const time =
    carriedTo ??
    (occurrence && slot.time.kind === 'timed' ? clockWords(occurrence.start, locale, settings.zone) : null)
  const title = face.title || words.untitled
  const channel = slot.channels[0]
  return (
    <span
      data-occurrence={keyOf(slot, day)}
      data-day={occurrence ? localDay(occurrence.start, settings.zone) : day}
      data-channel={channel ?? 'none'}
      data-shape={shape}
      data-stage={face.stage}
      className={classNames('slot', short && 'slot-short', archived && 'slot-archived', held && 'slot-held')}
      title={[time, title].filter(Boolean).join(' · ')}
    >
      <span className="sr-only">
        {words.name({ slot, start, title, stage: face.stage, locked, archived, reader })}
      </span>
      <span aria-hidden="true" className="slot-inside">
        <span className="slot-marks">
          {slot.channels.slice(0, 3).map((one) => (
            <ChannelMark key={one} channel={one} className="slot-mark" />
          ))}
          {slot.channels.length > 3 && <span className="slot-rest">+{slot.channels.length - 3}</span>}
        </span>
        {time && <span className="slot-time figures">{time}</span>}
        <span className="slot-title">{title}</span>
        <span className="slot-signs">
          {locked && <LockIcon />}
          {slot.repeat && <Repeat />}
          <StageIcon stage={face.stage} />
        </span>
      </span>
      {reader && (
        <span aria-hidden="true" className="slot-reader">
          <Avatar {...reader} decorative size="small" />
        </span>
      )}
    </span>
  )
}

/** The slot is held in its place, or the day of this occurrence with all that is on it. */
function useLocked(slot: SlotId, day: PlainDay): boolean {
  const { locks } = useCalendar()
  const find = useCallback(
    (all: ReturnType<typeof locks.get>) =>
      all.some(({ target }) => (target.type === 'slot' ? target.slot === slot : target.day === day)),
    [slot, day],
  )
  return usePart(locks, find)
}

function useDraft(slot: Slot): DraftFace | null {
  const { drafts } = useCalendar()
  const find = useCallback(
    (faces: ReturnType<typeof drafts.get>) => (slot.draft && faces.get(slot.draft)) || null,
    [slot.draft],
  )
  return usePart(drafts, find)
}
