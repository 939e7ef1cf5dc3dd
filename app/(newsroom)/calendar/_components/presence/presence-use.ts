'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { Cell } from '#app/_collab/cell.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { type Person, useCalendar } from '../model.ts'

/** Part of a cell: renders when that part changes. `pick` gives the same object while nothing changed for it. */
export function usePart<Whole, Part>(source: Cell<Whole>, pick: (whole: Whole) => Part): Part {
  const get = useCallback(() => pick(source.get()), [source, pick])
  return useSyncExternalStore(source.subscribe, get, get)
}

/** Who has the slot open; of several, the first: the sheet names them all. */
export function useReader(slot: SlotId): Person | null {
  const { hands } = useCalendar()
  const find = useCallback(
    (all: ReturnType<typeof hands.get>) => all.find(({ open }) => open === slot)?.person ?? null,
    [slot],
  )
  return usePart(hands, find)
}

/** Whether somebody else has it in the hand: here it is then no more than where it came from. */
export function useHeldElsewhere(slot: SlotId): boolean {
  const { hands } = useCalendar()
  const find = useCallback(
    (all: ReturnType<typeof hands.get>) => all.some(({ drag }) => drag?.slot === slot),
    [slot],
  )
  return usePart(hands, find)
}
