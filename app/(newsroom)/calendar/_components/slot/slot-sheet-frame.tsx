'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { useTranslations } from 'next-intl'
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useSyncExternalStore,
} from 'react'
import type { SlotId } from '#lib/domain/ids.ts'

const PHONE = '(width < 48rem)'

function onPhoneChange(listener: () => void) {
  const query = matchMedia(PHONE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
const usePhone = () =>
  useSyncExternalStore(
    onPhoneChange,
    () => matchMedia(PHONE).matches,
    () => false,
  )

type Props = { id: SlotId; onClose: () => void; children: ReactNode }

/** Beside the plan, which stays in use; over all of a phone’s screen, which holds the focus. */
export function SheetFrame(props: Props) {
  return usePhone() ? <OverAll {...props} /> : <Beside {...props} />
}

function OverAll({ onClose, children }: Props) {
  const t = useTranslations('calendar.sheet')
  const sheet = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Popup
          ref={sheet}
          initialFocus={sheet}
          aria-label={t('label')}
          className="fixed inset-0 z-30 animate-[rise_160ms_ease-out] overflow-y-auto overscroll-contain bg-sheet pb-[max(1.25rem,env(safe-area-inset-bottom))] text-ink outline-none"
        >
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Beside({ id, onClose, children }: Props) {
  const t = useTranslations('calendar.sheet')
  const sheet = useRef<HTMLElement>(null)
  useFocusHome(sheet, id)
  useEscape(sheet, onClose)
  return (
    <aside
      ref={sheet}
      tabIndex={-1}
      aria-label={t('label')}
      className="w-[min(24rem,100vw)] shrink-0 overflow-y-auto overscroll-contain border-rule border-l bg-sheet text-ink outline-none max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:animate-[rise_160ms_ease-out] max-xl:border-ink max-xl:border-l-3 max-xl:shadow-lift"
    >
      {children}
    </aside>
  )
}

/** A link opens the page with a sheet: then nobody pressed anything, and the focus stays where it is. */
const isFresh = () => document.activeElement === document.body && !navigator.userActivation?.hasBeenActive

/** The focus goes into the sheet that was asked for, and back to where it came from when it closes. */
function useFocusHome(sheet: RefObject<HTMLElement | null>, id: SlotId): void {
  const from = useRef<Element | null>(null)
  const last = useRef(id)
  last.current = id
  useEffect(() => {
    const active = document.activeElement
    // A field of the sheet that asks for the first word has it already.
    if (sheet.current?.contains(active) || isFresh()) return
    from.current = active
    sheet.current?.focus({ preventScroll: true })
  }, [sheet, id])
  useEffect(
    () => () => {
      const active = document.activeElement
      // Elsewhere by now: whoever went there wants to be there.
      if (active && active !== document.body && active.isConnected && !sheet.current?.contains(active)) return
      homeOf(from.current, last.current)?.focus()
    },
    [sheet],
  )
}

/** Grids draw their slots anew: the one that was left may be another element by now. */
function homeOf(from: Element | null, id: SlotId): HTMLElement | null {
  if (from instanceof HTMLElement && from !== document.body && from.isConnected) return from
  return document.querySelector<HTMLElement>(`[data-slot-id="${id}"]`)
}

const OVER_SHEET = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

function useEscape(sheet: RefObject<HTMLElement | null>, onClose: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    if (!(target instanceof Element) || target.closest(OVER_SHEET)) return
    // From the plan too, but not out of somebody’s half-typed search.
    if (target.matches('input, textarea, select') && !sheet.current?.contains(target)) return
    event.preventDefault()
    onClose()
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
