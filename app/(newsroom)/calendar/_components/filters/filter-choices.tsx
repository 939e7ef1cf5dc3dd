'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Avatar } from '#app/_ui/avatar.tsx'
import { CHANNELS } from '#lib/domain/channels/channels.ts'
import { ChannelMark } from '../channels/channel-look.tsx'
import { useCalendar } from '../model.ts'
import { FilterText } from './filter-text.tsx'
import { toggled, useDimensions } from './filters-dimensions.ts'

/** Everything one can choose, laid out: for the sheet of a phone. */
export function FilterChoices() {
  const t = useTranslations('calendar.filters')
  const dimensions = useDimensions()
  return (
    <>
      <FilterText className="w-full" />
      <Group label={t('channel')}>
        <ChannelChips />
      </Group>
      {dimensions.map(
        ({ name, label, choices }) =>
          choices.length > 0 && (
            <Group key={name} label={label}>
              {choices.map(({ key, label: words, chosen, toggle, person }) => (
                <Chip key={key} pressed={chosen} onPress={toggle}>
                  {person && <Avatar name={person.name} color={person.color} size="small" decorative />}
                  {words}
                  {chosen && <Check aria-hidden="true" className="size-4" />}
                </Chip>
              ))}
            </Group>
          ),
      )}
    </>
  )
}

export function ChannelChips() {
  const t = useTranslations('common.channels')
  const filters = useTranslations('calendar.filters')
  const model = useCalendar()
  const { channels } = useCell(model.filter)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be told as a form, which this is not.
    <div role="group" aria-label={filters('channel')} className="flex flex-wrap gap-1.5">
      {CHANNELS.map((channel) => (
        <Chip
          key={channel}
          pressed={channels.includes(channel)}
          onPress={() => model.setFilter({ channels: toggled(channels, channel) })}
        >
          <ChannelMark channel={channel} />
          {t(channel)}
        </Chip>
      ))}
    </div>
  )
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="kicker mb-1.5">{label}</legend>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </fieldset>
  )
}

type ChipProps = { pressed: boolean; onPress: () => void; children: ReactNode }

function Chip({ pressed, onPress, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className="inline-flex h-(--control-small) items-center gap-1.5 rounded-sm border border-rule bg-sheet px-2 text-sm text-soft transition-colors duration-100 hover:border-edge hover:text-ink aria-pressed:border-ink aria-pressed:bg-well aria-pressed:font-medium aria-pressed:text-ink"
    >
      {children}
    </button>
  )
}
