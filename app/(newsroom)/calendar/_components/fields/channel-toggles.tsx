'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CHANNELS, type Channel } from '#lib/domain/channels/channels.ts'
import { CHANNEL_ICONS } from '../channels/channel-look.tsx'

type Props = {
  label: string
  chosen: readonly Channel[]
  disabled?: boolean
  onChange: (channels: readonly Channel[]) => void
}

/** Where it goes out: any number of channels, told by colour, sign and word. */
export function ChannelToggles({ label, chosen, disabled = false, onChange }: Props) {
  const t = useTranslations('common.channels')
  const toggle = (channel: Channel) =>
    onChange(CHANNELS.filter((one) => (one === channel ? !chosen.includes(one) : chosen.includes(one))))
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {CHANNELS.map((channel) => {
          const Icon = CHANNEL_ICONS[channel]
          const pressed = chosen.includes(channel)
          return (
            <button
              key={channel}
              type="button"
              data-channel={channel}
              aria-pressed={pressed}
              onClick={() => toggle(channel)}
              className="inline-flex min-h-(--control-small) items-center gap-1.5 rounded-sm border border-edge px-2 text-sm text-soft not-disabled:hover:border-ink not-disabled:hover:text-ink disabled:cursor-not-allowed aria-pressed:border-(--channel) aria-pressed:bg-(--channel-wash) aria-pressed:font-medium aria-pressed:text-(--channel)"
            >
              {pressed ? <Check aria-hidden="true" className="size-3.5" /> : <Icon className="size-3.5" />}
              {t(channel)}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}
