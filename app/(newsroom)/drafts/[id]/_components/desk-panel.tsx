'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { BACKDROP_LOOK } from '#app/_ui/dialog.tsx'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { usePhone } from './use-phone.ts'

type Props = {
  title: string
  onClose: () => void
  /** Beside the title: a menu, a small button. */
  actions?: ReactNode
  /** Under the title, and always in sight: tabs, a search. */
  head?: ReactNode
  /** `wide` for what compares: twice the width of a column of cards, over the text where it does not fit beside it. */
  size?: 'normal' | 'wide'
  children: ReactNode
}

/**
 * What stands beside the text, one at a time: a column on a wide screen, over the right of the text on a smaller
 * one, and a sheet from the foot of a phone. The text stays in use but on a phone. Escape closes it.
 * It brings the code of dialogs: import it from parts that are loaded on demand.
 */
export function DeskPanel(props: Props) {
  return usePhone() ? <FromTheFoot {...props} /> : <Beside {...props} />
}

const HEADING = 'min-w-0 grow truncate font-semibold font-serif text-lg'

function FromTheFoot({ title, onClose, actions, head, children }: Props) {
  const common = useTranslations('common')
  const sheet = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP_LOOK} />
        <Base.Popup
          ref={sheet}
          initialFocus={sheet}
          className="fixed inset-x-0 bottom-0 z-40 flex max-h-[82dvh] min-h-[45dvh] animate-[rise_160ms_ease-out] flex-col rounded-t-lg border-ink border-t-3 bg-sheet text-ink shadow-lift outline-none"
        >
          <div className="flex shrink-0 items-center gap-1 border-rule border-b py-1 pr-1 pl-4">
            <Base.Title className={HEADING}>{title}</Base.Title>
            {actions}
            <Base.Close aria-label={common('close')} className={iconButtonLook()}>
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          {head && <div className="shrink-0 border-rule border-b">{head}</div>}
          <div className="min-h-0 grow overflow-y-auto overscroll-contain pb-[max(1.25rem,env(safe-area-inset-bottom))]">
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Beside({ title, onClose, actions, head, size = 'normal', children }: Props) {
  const common = useTranslations('common')
  const panel = useRef<HTMLElement>(null)
  useFocusHome(panel)
  useEscape(panel, onClose)
  return (
    <aside ref={panel} tabIndex={-1} aria-label={title} data-size={size} className="desk-panel">
      <div className="flex h-12 shrink-0 items-center gap-1 border-rule border-b pr-1.5 pl-4">
        <h2 className={HEADING}>{title}</h2>
        {actions}
        <button type="button" aria-label={common('close')} onClick={onClose} className={iconButtonLook()}>
          <X aria-hidden="true" />
        </button>
      </div>
      {head && <div className="shrink-0 border-rule border-b">{head}</div>}
      <div className="min-h-0 grow overflow-y-auto overscroll-contain pb-8">{children}</div>
    </aside>
  )
}

/** A link opens the page with a panel: then nobody pressed anything, and the focus stays where it is. */
const isFresh = () => document.activeElement === document.body && !navigator.userActivation?.hasBeenActive

/** The focus goes into the panel that was asked for, and back to where it came from when it closes. */
function useFocusHome(panel: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const from = document.activeElement
    const inside = panel.current
    // A field of the panel that asks for the first word has it already.
    if (!inside?.contains(from) && !isFresh()) inside?.focus({ preventScroll: true })
    return () => {
      const active = document.activeElement
      // Elsewhere by now: whoever went there wants to be there.
      if (active && active !== document.body && !inside?.contains(active)) return
      if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true })
    }
  }, [panel])
}

const OVER_PANEL = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

function useEscape(panel: RefObject<HTMLElement | null>, onClose: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    // In the text, Escape has meanings of its own.
    if (!(target instanceof Element) || !panel.current?.contains(target) || target.closest(OVER_PANEL)) return
    event.preventDefault()
    onClose()
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
