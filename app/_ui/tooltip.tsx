'use client'

import {
  cloneElement,
  type DOMAttributes,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  useEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './kbd.tsx'
import { portalHome } from './portal-home.ts'

/** How long a pointer rests on a control before it is explained; milliseconds. */
const REST_MS = 450
/** Room that the words keep from the edges of the window, and half of their greatest width; pixels. */
const EDGE = 8
const HALF = 144

type Props = {
  label: string
  keys?: string | undefined
  /** The control it explains; it must carry its own accessible name. */
  children: ReactElement<DOMAttributes<HTMLElement>>
}

/** Says what a control does, under it, when a pointer rests on it or the keyboard reaches it. */
export function Tooltip({ label, keys, children }: Props) {
  const [box, setBox] = useState<DOMRect | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const hide = () => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    setBox(null)
  }
  useEffect(() => hide, [])
  useEffect(() => {
    if (!box) return
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [box])

  const control = cloneElement(children, {
    onPointerEnter: ({ currentTarget, pointerType }: PointerEvent<HTMLElement>) => {
      // A finger does not rest: it presses.
      if (pointerType !== 'touch')
        timer.current = setTimeout(() => setBox(currentTarget.getBoundingClientRect()), REST_MS)
    },
    onPointerLeave: hide,
    onFocus: ({ currentTarget }: FocusEvent<HTMLElement>) => {
      if (currentTarget.matches(':focus-visible')) setBox(currentTarget.getBoundingClientRect())
    },
    onBlur: hide,
    onClickCapture: hide,
  })
  return (
    <>
      {control}
      {box && createPortal(<Words label={label} keys={keys} box={box} />, portalHome() ?? document.body)}
    </>
  )
}

function Words({ label, keys, box }: { label: string; keys: string | undefined; box: DOMRect }) {
  const middle = box.left + box.width / 2
  // Near an edge the words line up with it instead of being centred.
  const place =
    middle > innerWidth - HALF
      ? { right: EDGE }
      : middle < HALF
        ? { left: EDGE }
        : { left: middle, translate: '-50%' }
  return (
    <div
      role="tooltip"
      style={{ top: box.bottom + 6, ...place }}
      className="pointer-events-none fixed z-50 flex max-w-72 items-center gap-2 rounded-sm bg-ink px-2 py-1 text-paper text-xs shadow-lift"
    >
      {label}
      {keys && <Kbd keys={keys} />}
    </div>
  )
}
