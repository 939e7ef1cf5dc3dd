'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { SelectField } from '#app/_ui/select-field.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { CHANNELS, type Channel, isChannel } from '#lib/domain/channels/channels.ts'
import { feedAddress } from './feed-dialog-scope.ts'

const CLIENTS = ['google', 'apple', 'android'] as const

/** The address, while it can still be seen: choosing what it shows, and copying it. */
export function FeedAddress({ url }: { url: string }) {
  const t = useTranslations('calendar.feed')
  const channels = useTranslations('common.channels')
  const [mine, setMine] = useState(false)
  const [channel, setChannel] = useState<Channel | null>(null)
  const address = feedAddress(url, { only: mine ? 'mine' : 'all', channel })
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="warn">{t('secret')}</Banner>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t('which')}
          value={mine ? 'mine' : 'all'}
          onChange={(event) => setMine(event.target.value === 'mine')}
          options={[
            { value: 'all', label: t('all') },
            { value: 'mine', label: t('mine') },
          ]}
        />
        <SelectField
          label={t('channel')}
          value={channel ?? ''}
          onChange={(event) => setChannel(isChannel(event.target.value) ? event.target.value : null)}
          options={[
            { value: '', label: t('everyChannel') },
            ...CHANNELS.map((one) => ({ value: one, label: channels(one) })),
          ]}
        />
      </div>
      <CopyField key={address} address={address} />
      <section>
        <h3 className="kicker mb-1.5">{t('where')}</h3>
        <dl className="flex flex-col gap-2 text-sm">
          {CLIENTS.map((client) => (
            <div key={client} className="grid gap-x-3 sm:grid-cols-[9rem_minmax(0,1fr)]">
              <dt className="font-medium">{t(`clients.${client}.name`)}</dt>
              <dd className="text-soft">{t(`clients.${client}.how`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

function CopyField({ address }: { address: string }) {
  const t = useTranslations('calendar.feed')
  const [copied, setCopied] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  async function copy() {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(address)
      setCopied(true)
    } catch {
      // Without the permission the address stays selected, ready for the person’s own keys.
      setCopied(false)
    }
  }
  const Icon = copied ? Check : Copy
  return (
    <div className="flex flex-col gap-2 sm:flex-row sm:items-end">
      <div className="min-w-0 grow">
        <TextField
          ref={field}
          label={t('address')}
          readOnly
          value={address}
          onFocus={(event) => event.target.select()}
          className="font-mono text-sm"
        />
      </div>
      <Button kind="primary" onClick={() => void copy()}>
        <Icon aria-hidden="true" className="size-4" />
        <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
      </Button>
    </div>
  )
}
