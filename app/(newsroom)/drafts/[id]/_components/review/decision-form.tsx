'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'

type Props = {
  title: string
  description?: string
  submitLabel: string
  busy: boolean
  /** Why it was refused, in words. */
  wrong: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A decision that needs words: what is asked for, why it was refused, and the two ways out. */
export function DecisionForm({
  title,
  description,
  submitLabel,
  busy,
  wrong,
  onSubmit,
  onClose,
  children,
}: Props) {
  const common = useTranslations('common')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      closeLabel={common('close')}
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <FormError>{wrong ?? undefined}</FormError>
        {children}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
