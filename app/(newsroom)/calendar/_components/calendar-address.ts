import { type Cell, cell } from '#app/_collab/cell.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import { type CalendarFilter, filterParams, parseFilter } from '#lib/domain/calendar/filter.ts'
import { parseSlotId } from '#lib/domain/ids.ts'
import type { CalendarModel } from './model.ts'

type Opened = ReturnType<CalendarModel['opened']['get']>

export type CalendarAddress = {
  readonly filter: Cell<CalendarFilter>
  readonly opened: Cell<Opened>
  setFilter(change: Partial<CalendarFilter>): void
  openSlot: CalendarModel['openSlot']
  /** The address was changed by somebody else: a link, the way back. */
  read(): void
  close(): void
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

function readOpened(params: URLSearchParams): Opened {
  const slot = parseSlotId(params.get('slot') ?? '')
  return slot && { slot, day: parseDay(params.get('day')) }
}

function addressOf(filter: CalendarFilter, opened: Opened): string {
  const params = filterParams(filter)
  if (opened) params.set('slot', opened.slot)
  if (opened?.day) params.set('day', opened.day)
  return params.size > 0 ? `/calendar?${params}` : '/calendar'
}

/**
 * What the page shows is what its address says: whoever is sent the address sees the same. An open slot is a step
 * of the browser’s history, so that «back» on a phone closes it; everything else replaces the address.
 */
export function openAddress(): CalendarAddress {
  const first = new URLSearchParams(location.search)
  const filter = cell(parseFilter(first), same)
  const opened = cell<Opened>(readOpened(first), same)
  let closed = false

  const read = () => {
    if (location.pathname !== '/calendar') return
    const params = new URLSearchParams(location.search)
    filter.set(parseFilter(params))
    opened.set(readOpened(params))
  }
  const write = (push: boolean) => {
    if (closed) return
    const address = addressOf(filter.get(), opened.get())
    if (address === `${location.pathname}${location.search}`) return
    if (push) history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }
  addEventListener('popstate', read)
  return {
    filter,
    opened,
    setFilter(change) {
      filter.set({ ...filter.get(), ...change })
      write(false)
    },
    openSlot(slot, day = null) {
      const was = opened.get()
      opened.set(slot && { slot, day })
      write(slot !== null && was === null)
    },
    read,
    close() {
      closed = true
      removeEventListener('popstate', read)
    },
  }
}
