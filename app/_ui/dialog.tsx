'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { iconButtonLook } from './icon-button.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** Accessible name of the cross. */
  closeLabel: string
  size?: 'normal' | 'wide'
  children?: ReactNode
}

export const BACKDROP_LOOK = 'fixed inset-0 z-40 bg-veil animate-[appear_120ms_ease-out]'

/** A modal sheet: in the middle of a large screen, from the foot of a small one. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  closeLabel,
  size = 'normal',
  children,
}: Props) {
  const sheet = useRef<HTMLDivElement>(null)
  // What a dialog asks for can be typed at once; one that asks nothing begins, as usual, with its first button.
  // Nothing is typed into a box to tick: it may stand far below.
  const firstField = () => {
    const field = sheet.current?.querySelector<HTMLElement>('input, select, textarea')
    return field && !field.matches('[type="checkbox"]') ? field : true
  }
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        {/* Over a panel or a dialog as well: what is beneath is out of reach. */}
        <Base.Backdrop forceRender className={BACKDROP_LOOK} />
        <Base.Popup
          ref={sheet}
          initialFocus={firstField}
          className={`fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-[rise_160ms_ease-out] flex-col overflow-y-auto overscroll-contain rounded-t-lg border-ink border-t-3 bg-sheet px-5 pt-4 pb-[max(1.25rem,env(safe-area-inset-bottom))] text-ink shadow-lift outline-none sm:inset-x-4 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-h-[80dvh] sm:rounded-t-none sm:rounded-b-md sm:px-6 ${size === 'wide' ? 'sm:max-w-2xl' : 'sm:max-w-md'}`}
        >
          <div className="flex items-start justify-between gap-4">
            <Base.Title className="pt-1 font-semibold font-serif text-xl">{title}</Base.Title>
            <Base.Close aria-label={closeLabel} className={iconButtonLook('-mr-2')}>
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          {description && <Base.Description className="mt-1 text-soft">{description}</Base.Description>}
          <div className="mt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
