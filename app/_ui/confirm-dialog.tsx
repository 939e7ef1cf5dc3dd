'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { BACKDROP_LOOK } from './dialog.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What will happen, and whether it can be undone. */
  children: ReactNode
  confirmLabel: string
  cancelLabel: string
  danger?: boolean
  busy?: boolean
  onConfirm: () => void
}

/** Asks before an act that others will feel. A press outside does not answer for the person. */
export function ConfirmDialog(props: Props) {
  const { open, onOpenChange, title, children, confirmLabel, cancelLabel, danger, busy, onConfirm } = props
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop forceRender className={BACKDROP_LOOK} />
        <Base.Popup className="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-md animate-[rise_160ms_ease-out] rounded-md border-ink border-t-3 bg-sheet p-5 text-ink shadow-lift outline-none sm:top-[20dvh] sm:bottom-auto sm:rounded-t-none sm:p-6">
          <Base.Title className="font-semibold font-serif text-xl">{title}</Base.Title>
          <Base.Description className="mt-2 text-soft" render={<div />}>
            {children}
          </Base.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Base.Close render={<Button kind="quiet">{cancelLabel}</Button>} />
            <Button kind={danger ? 'danger' : 'primary'} busy={busy ?? false} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
