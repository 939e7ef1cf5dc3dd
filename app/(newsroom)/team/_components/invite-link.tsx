'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Banner } from '../../../_ui/banner.tsx'
import { Button } from '../../../_ui/button.tsx'
import { TextField } from '../../../_ui/text-field.tsx'

export type InvitationMade = { url: string; mailed: 'sent' | 'failed' | 'off'; email: string }

type Props = { made: InvitationMade; onAnother: () => void; onDone: () => void }

/** The link, while it can still be seen: copying it is the one thing to do here. */
export function InviteLink({ made, onAnother, onDone }: Props) {
  const t = useTranslations('team.invite')
  const [copied, setCopied] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  async function copy() {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(made.url)
      setCopied(true)
    } catch {
      // Without the permission the link stays selected, ready for the person's own keys.
      setCopied(false)
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <TextField
        ref={field}
        label={t('link')}
        readOnly
        value={made.url}
        onFocus={(event) => event.target.select()}
        className="font-mono text-sm"
      />
      {made.mailed === 'sent' && <Banner>{t('mailed', { email: made.email })}</Banner>}
      {made.mailed === 'failed' && <Banner tone="warn">{t('mailFailed')}</Banner>}
      {made.mailed === 'off' && made.email && <Banner>{t('notMailed')}</Banner>}
      <Button kind="primary" onClick={() => void copy()}>
        {copied ? (
          <Check aria-hidden="true" className="size-4" />
        ) : (
          <Copy aria-hidden="true" className="size-4" />
        )}
        <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
      </Button>
      <div className="flex justify-between gap-2">
        <Button kind="ghost" onClick={onAnother}>
          {t('another')}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
