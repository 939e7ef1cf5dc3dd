'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Avatar } from '#app/_ui/avatar.tsx'
import { StageBadge } from '#app/(newsroom)/drafts/_components/stage-badge.tsx'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { instantText, parseInstant } from '#lib/domain/calendar/time.ts'
import { ChannelMark } from '../channels/channel-look.tsx'
import { useRepeatWords } from '../fields/repeat-field-words.ts'
import { useLengthWords } from '../fields/slot-fields-length.ts'
import { useWhenWords } from '../fields/slot-fields-when.ts'
import { type faceOf, useCalendar } from '../model.ts'

type Props = { slot: Slot; day: PlainDay; face: ReturnType<typeof faceOf> }

/** A slot for whoever reads: in the archive, or without the right to write. */
export function SlotFacts({ slot, day, face }: Props) {
  const t = useTranslations('calendar.sheet')
  const channels = useTranslations('common.channels')
  const { settings, people } = useCalendar()
  const when = useWhenWords()
  const length = useLengthWords()
  const repeats = useRepeatWords()
  const owner = slot.owner && people.get(slot.owner)
  const embargo = parseInstant(slot.embargo)
  const time = timeAt(slot, day, settings.zone)
  const { draft, title, stage } = face
  return (
    <>
      <h3 className="font-semibold font-serif text-xl">{title || t('untitled')}</h3>
      <dl className="flex flex-col gap-3">
        <Fact label={t('whenLabel')}>
          {when({ ...slot, time })}
          {time.kind === 'timed' && <span className="text-faint"> · {length(slot.minutes)}</span>}
          {slot.repeat && <span className="block text-soft">{repeats(slot.repeat, day)}</span>}
        </Fact>
        {slot.channels.length > 0 && (
          <Fact label={t('channels')}>
            <ul className="flex flex-wrap gap-x-4 gap-y-1">
              {slot.channels.map((channel) => (
                <li key={channel} className="flex items-center gap-1.5">
                  <ChannelMark channel={channel} />
                  {channels(channel)}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        <Fact label={t('stage')}>
          <StageBadge stage={stage} />
        </Fact>
        {draft && (
          <Fact label={t('draft.label')}>
            <Link href={`/drafts/${draft.id}`} className="text-accent underline underline-offset-2">
              {t('draft.open')}
            </Link>
          </Fact>
        )}
        {owner && (
          <Fact label={t('owner')}>
            <span className="flex items-center gap-2">
              <Avatar name={owner.name} color={owner.color} size="small" decorative />
              {owner.name}
            </span>
          </Fact>
        )}
        {slot.tags.length > 0 && <Fact label={t('tags')}>{slot.tags.join(', ')}</Fact>}
        {slot.note && (
          <Fact label={t('note')}>
            <p className="whitespace-pre-wrap">{slot.note}</p>
          </Fact>
        )}
        {embargo !== null && (
          <Fact label={t('embargo')}>
            {when({
              time: { kind: 'timed', at: instantText(embargo), zone: settings.zone },
              minutes: 1,
              days: 1,
            })}
          </Fact>
        )}
      </dl>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-medium text-faint text-sm">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
