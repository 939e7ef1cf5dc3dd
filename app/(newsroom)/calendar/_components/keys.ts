'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useRef } from 'react'
import { toast } from '#app/_ui/toast.ts'
import type { CalendarView } from '#lib/domain/calendar/filter.ts'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import type { PlainDay, Slot, SlotTime } from '#lib/domain/calendar/slot.ts'
import { dayOf, moveByDays, moveByMinutes } from '#lib/domain/calendar/time.ts'
import { DESTINATIONS } from '../../_shell/destinations.ts'
import { isTyping, singleKeysWanted } from '../../_shell/single-keys.ts'
import { showDialog } from './dialog-asked.ts'
import { stepped } from './grid/grid-period.ts'
import { placeForNew, placeOn } from './grid/grid-places.ts'
import { type CalendarModel, faceOf, knownSlots } from './model.ts'
import { askMove } from './move/move-dialog.tsx'
import { changeOccurrence, removeOccurrence } from './move/scope-dialog-acts.ts'

/** The letters of Google’s calendar; `b` is the board. */
const VIEW_KEYS: Readonly<Record<string, CalendarView>> = {
  d: 'day',
  w: 'week',
  m: 'month',
  a: 'agenda',
  b: 'board',
}

/** After `g`, a letter leads to another page (commands.tsx). */
const SEQUENCE_MS = 1200

/** How far Alt and an arrow carry a slot; up and down are a week where days stand under one another. */
const CARRY: Readonly<
  Record<string, { readonly days: number; readonly minutes: number; readonly weeks: number }>
> = {
  ArrowLeft: { days: -1, minutes: 0, weeks: 0 },
  ArrowRight: { days: 1, minutes: 0, weeks: 0 },
  ArrowUp: { days: 0, minutes: -15, weeks: -1 },
  ArrowDown: { days: 0, minutes: 15, weeks: 1 },
}

type Focused = { readonly slot: Slot; readonly day: PlainDay; readonly archived: boolean }

function focusedSlot(model: CalendarModel): Focused | null {
  const focused = model.focused.get()
  const slot = focused && knownSlots(model.live.get(), model.past.get()).get(focused.slot)
  if (!focused || !slot) return null
  return {
    slot,
    day: slot.repeat === null ? dayOf(slot.time) : focused.day,
    archived: !model.live.get().has(slot.id),
  }
}

/** The day that has the keyboard, in a view that has days. */
const focusedDay = (): PlainDay | null => {
  const { activeElement } = document
  return activeElement instanceof HTMLElement ? (activeElement.dataset.dayButton ?? null) : null
}

/** Moves the focused slot a step; it keeps the focus where it arrives. */
async function carry(
  model: CalendarModel,
  { slot, day }: Focused,
  key: string,
  words: KeyWords,
): Promise<void> {
  const step = CARRY[key]
  if (!step) return
  const { view } = model.shown.get()
  const was = timeAt(slot, day, model.settings.zone)
  const time: SlotTime =
    step.days !== 0
      ? moveByDays(was, step.days)
      : view === 'month'
        ? moveByDays(was, 7 * step.weeks)
        : moveByMinutes(was, step.minutes)
  if (JSON.stringify(time) === JSON.stringify(was)) return
  if (!model.rights.move(slot, dayOf(time))) return toast.failed(words.locked)
  const said = words.moved(faceOf(slot, model.drafts.get()).title)
  const made = await changeOccurrence(model, { id: slot.id, day }, { time }, said)
  if (!made.ok) return made.error === 'gone' ? toast.failed(words.gone) : undefined
  const arrived = dayOf(time)
  model.focusSlot(made.id, arrived)
  // What leaves the page by its edge takes the page along.
  if (view === 'day' || view === 'week') model.setFilter({ date: arrived })
}

async function remove(model: CalendarModel, { slot, day }: Focused, words: KeyWords): Promise<void> {
  if (!model.rights.remove(slot)) return toast.failed(words.notYours)
  const said = words.removed(faceOf(slot, model.drafts.get()).title)
  const made = await removeOccurrence(model, { id: slot.id, day }, said)
  if (!made.ok && made.error === 'gone') toast.failed(words.gone)
}

type KeyWords = {
  readonly moved: (title: string) => string
  readonly removed: (title: string) => string
  readonly gone: string
  readonly locked: string
  readonly notYours: string
  readonly pastFixed: string
}

function useKeyWords(): KeyWords {
  const t = useTranslations('calendar.grid')
  return {
    moved: (title) => t('moved', { title: title || t('untitled') }),
    removed: (title) => t('removed', { title: title || t('untitled') }),
    gone: t('gone'),
    locked: t('lockedHere'),
    notYours: t('notYours'),
    pastFixed: t('pastFixed'),
  }
}

/** Keys pressed with Ctrl or ⌘: one’s own steps back and forth. @returns whether the key was one of these */
function pressedUndo(model: CalendarModel, event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false
  const key = event.key.toLowerCase()
  if (key === 'z' && !event.shiftKey) model.undo()
  else if ((key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey)) model.redo()
  else return false
  return true
}

function pressedMoving(model: CalendarModel, key: string): boolean {
  const { view, day } = model.shown.get()
  const shown = VIEW_KEYS[key]
  if (shown) model.setFilter({ view: shown })
  else if (key === 't') model.setFilter({ date: null })
  else if (key === 'n' || key === 'j') model.setFilter({ date: stepped(view, day, 1) })
  else if (key === 'p' || key === 'k') model.setFilter({ date: stepped(view, day, -1) })
  else if (key === '/') showDialog({ name: 'search' })
  else if (key === 'c' && model.rights.write) {
    const on = focusedDay()
    model.createAt(on ? placeOn(model, on) : placeForNew(model))
  } else return false
  return true
}

function pressedOnSlot(model: CalendarModel, key: string, words: KeyWords): boolean {
  const focused = focusedSlot(model)
  if (!focused || !model.rights.write) return false
  if (key === 'v') askMove({ slot: focused.slot.id, day: focused.day })
  else if (key !== 'Delete' && key !== 'Backspace') return false
  else if (focused.archived) toast.note(words.pastFixed)
  else void remove(model, focused, words)
  return true
}

/** The keys of the page. Those pressed alone can be turned off (single-keys.ts). */
export function useCalendarKeys(model: CalendarModel): void {
  const words = useKeyWords()
  const wentAt = useRef(Number.NEGATIVE_INFINITY)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return
    if (pressedUndo(model, event)) return event.preventDefault()
    if (event.ctrlKey || event.metaKey) return
    if (event.altKey) {
      const focused = focusedSlot(model)
      if (!focused || !(event.key in CARRY) || !model.rights.write) return
      event.preventDefault()
      if (focused.archived) toast.note(words.pastFixed)
      else void carry(model, focused, event.key, words)
      return
    }
    const led = event.timeStamp - wentAt.current < SEQUENCE_MS
    wentAt.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (led && DESTINATIONS.some(({ letter }) => letter === event.key)) return
    const named = event.key === 'Delete' || event.key === 'Backspace'
    if (!named && !singleKeysWanted()) return
    if (pressedOnSlot(model, event.key, words) || pressedMoving(model, event.key)) event.preventDefault()
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
