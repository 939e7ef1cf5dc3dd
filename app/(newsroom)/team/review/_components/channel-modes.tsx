'use client'

import { useTranslations } from 'next-intl'
import { SelectField } from '#app/_ui/select-field.tsx'
import { CHANNELS, type Channel } from '#lib/domain/channels/channels.ts'
import { REVIEW_MODES, type ReviewMode, type ReviewSettings } from '#lib/domain/review/settings.ts'

type Channels = ReviewSettings['channels']
type Props = { channels: Channels; onChange: (channels: Channels) => void }

const isMode = (value: string): value is ReviewMode => (REVIEW_MODES as readonly string[]).includes(value)

/** Where a channel asks for more or less than the newsroom. */
export function ChannelModes({ channels, onChange }: Props) {
  const t = useTranslations('review')
  const words = useTranslations('common.channels')
  const change = (channel: Channel, value: string) => {
    const { [channel]: _before, ...others } = channels
    onChange(isMode(value) ? { ...others, [channel]: value } : others)
  }
  const modes = REVIEW_MODES.map((value) => ({ value, label: t(`modes.${value}.name`) }))
  const usual = { value: '', label: t('rules.usual') }
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      {CHANNELS.map((channel) => (
        <SelectField
          key={channel}
          label={words(channel)}
          value={channels[channel] ?? ''}
          onChange={(event) => change(channel, event.target.value)}
          options={[usual, ...modes]}
        />
      ))}
    </div>
  )
}
