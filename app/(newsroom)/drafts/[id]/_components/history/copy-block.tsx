'use client'

import { Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { toast } from '#app/_ui/toast.ts'

/** Puts one block of an old text on the clipboard, without anything around it. */
export function CopyBlock({ text }: { text: string }) {
  const t = useTranslations('history')
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast.done(t('copied')),
      () => toast.failed(t('notCopied')),
    )
  if (text.trim() === '') return null
  return (
    <button
      type="button"
      className="past-copy"
      aria-label={t('copyBlock')}
      title={t('copyBlock')}
      onClick={copy}
    >
      <Copy aria-hidden="true" className="size-4" />
    </button>
  )
}
