import type * as Y from 'yjs'
import { type Cell, cell } from '#app/_collab/cell.ts'
import { slotIn } from '#lib/documents/calendar/edits.ts'
import type { Lock } from '#lib/documents/calendar/locks.ts'
import { lockEntries, locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { parseSlotId, type SlotId } from '#lib/domain/ids.ts'

export type LiveSlots = {
  readonly live: Cell<ReadonlyMap<SlotId, Slot>>
  readonly locks: Cell<readonly Lock[]>
  close(): void
}

/** Calls back once, before the next picture is drawn. @returns how to prevent it */
export type Later = (run: () => void) => () => void

export const nextFrame: Later = (run) => {
  // A page out of sight gets no frames, and must not pile up what happened meanwhile.
  if (document.hidden) {
    const timer = setTimeout(run, 200)
    return () => clearTimeout(timer)
  }
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}

/**
 * The slots of the document as plain values. Only those that were touched are read again, so that a month of others’
 * moves costs what was moved; own changes are shown in the same turn, others’ at most once a frame.
 */
export function openLiveSlots(doc: Y.Doc, later: Later): LiveSlots {
  const root = slotsOf(doc)
  const lockRoot = locksOf(doc)
  const live = cell<ReadonlyMap<SlotId, Slot>>(readAll(doc))
  const locks = cell<readonly Lock[]>([...lockEntries(doc)])
  const touched = new Set<SlotId>()
  let cancel: (() => void) | null = null

  const flush = () => {
    cancel?.()
    cancel = null
    const next = new Map(live.get())
    for (const id of touched) {
      const slot = slotIn(doc, id)
      if (slot) next.set(id, slot)
      else next.delete(id)
    }
    touched.clear()
    live.set(next)
  }
  const note = (key: string) => {
    const id = parseSlotId(key)
    if (id) touched.add(id)
  }
  const onSlots = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], { local }: Y.Transaction) => {
    for (const event of events) {
      if (event.target === root) for (const key of event.keys.keys()) note(key)
      else note(String(event.path[0]))
    }
    if (local) flush()
    else cancel ??= later(flush)
  }
  const onLocks = () => locks.set([...lockEntries(doc)])
  root.observeDeep(onSlots)
  lockRoot.observe(onLocks)
  return {
    live,
    locks,
    close() {
      cancel?.()
      root.unobserveDeep(onSlots)
      lockRoot.unobserve(onLocks)
    },
  }
}

function readAll(doc: Y.Doc): ReadonlyMap<SlotId, Slot> {
  const all = new Map<SlotId, Slot>()
  for (const key of slotsOf(doc).keys()) {
    const id = parseSlotId(key)
    const slot = id && slotIn(doc, id)
    if (slot) all.set(slot.id, slot)
  }
  return all
}
