'use client'

import { type RefObject, useEffect } from 'react'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { CalendarModel } from '../model.ts'
import { parseKey } from './grid-events.ts'
import { walkGrid } from './keys-grid.ts'

/** How many pictures a slot may take to be drawn where it now is. */
const PATIENCE = 12

/** The button of an occurrence, or of another one of its slot where that one is not on the screen. */
function buttonOf(frame: Element, slot: SlotId, day: PlainDay): HTMLElement | null {
  const face =
    frame.querySelector(`[data-occurrence="${slot}/${day}"]`) ??
    frame.querySelector(`[data-occurrence^="${slot}/"]`)
  return face?.closest<HTMLElement>('[role="button"]') ?? null
}

const faceIn = (element: Element): HTMLElement | null =>
  element.closest('[role="button"]')?.querySelector<HTMLElement>('[data-occurrence]') ?? null

/**
 * Keeps the keyboard on the slot that it was on: a slot that moves to another day, by this hand or another’s, is
 * drawn anew there, and the browser would send the focus to nowhere.
 */
export function useGridFocus(
  model: CalendarModel,
  frame: RefObject<HTMLElement | null>,
  events: unknown,
): void {
  useEffect(() => {
    const grid = frame.current
    if (!grid) return
    const onFocus = ({ target }: FocusEvent) => {
      const face = target instanceof Element ? faceIn(target) : null
      const key = face && parseKey(face.dataset.occurrence ?? '')
      if (key) model.focusSlot(key.slot, key.day ?? face.dataset.day)
      else model.focusSlot(null)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const { altKey, ctrlKey, metaKey, shiftKey, key, target } = event
      if (event.defaultPrevented || altKey || ctrlKey || metaKey || shiftKey) return
      if (walkGrid(model, grid, key, target)) event.preventDefault()
    }
    grid.addEventListener('focusin', onFocus)
    grid.addEventListener('keydown', onKeyDown)
    return () => {
      grid.removeEventListener('focusin', onFocus)
      grid.removeEventListener('keydown', onKeyDown)
    }
  }, [model, frame])

  useEffect(() => {
    let request = 0
    const seek = (left: number) => {
      const focused = model.focused.get()
      const lost = document.activeElement === null || document.activeElement === document.body
      if (!focused || !lost || !frame.current) return
      const button = buttonOf(frame.current, focused.slot, focused.day)
      button?.focus()
      if (document.activeElement !== button && left > 0) request = requestAnimationFrame(() => seek(left - 1))
    }
    seek(PATIENCE)
    return () => cancelAnimationFrame(request)
  }, [model, frame, events])
}
