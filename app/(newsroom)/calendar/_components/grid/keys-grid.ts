import { addDays } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { CalendarModel } from '../model.ts'

/** What the arrows walk through: the slots of a day, under the number of the day. */
type Stop = { readonly element: HTMLElement; readonly day: PlainDay; readonly top: number }

const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])

function stopsIn(grid: Element): readonly Stop[] {
  const faces = [...grid.querySelectorAll<HTMLElement>('[data-occurrence]')].flatMap((face) => {
    const element = face.closest<HTMLElement>('[role="button"]')
    const day = face.dataset.day
    return element && day ? [{ element, day, top: face.getBoundingClientRect().top }] : []
  })
  const days = [...grid.querySelectorAll<HTMLElement>('[data-day-button]')].map((element) => ({
    element,
    day: element.dataset.dayButton ?? '',
    top: Number.NEGATIVE_INFINITY,
  }))
  return [...days, ...faces]
}

const onDay = (stops: readonly Stop[], day: PlainDay): readonly Stop[] =>
  stops.filter((stop) => stop.day === day).sort((a, b) => a.top - b.top)

/** Up and down walk through a day, then on to the one below it in a month; left and right go a day further. */
function nextStop(stops: readonly Stop[], from: Stop, key: string, month: boolean): Stop | PlainDay | null {
  const list = onDay(stops, from.day)
  const at = list.indexOf(from)
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const beside = list[at + (key === 'ArrowDown' ? 1 : -1)]
    if (beside || !month) return beside ?? null
    const day = addDays(from.day, key === 'ArrowDown' ? 7 : -7)
    const there = onDay(stops, day)
    return (key === 'ArrowDown' ? there[0] : there.at(-1)) ?? day
  }
  const day = addDays(from.day, key === 'ArrowRight' ? 1 : -1)
  const there = onDay(stops, day)
  return there[Math.min(at, there.length - 1)] ?? day
}

/** How many pictures the days of the next page may take to be drawn. */
const PATIENCE = 20

function focusDaySoon(grid: Element, day: PlainDay, left = PATIENCE): void {
  const button = grid.querySelector<HTMLElement>(`[data-day-button="${day}"]`)
  if (button) button.focus()
  else if (left > 0) requestAnimationFrame(() => focusDaySoon(grid, day, left - 1))
}

/** Arrow keys in the grid. @returns whether the key moved the focus */
export function walkGrid(
  model: CalendarModel,
  grid: Element,
  key: string,
  target: EventTarget | null,
): boolean {
  if (!ARROWS.has(key) || !(target instanceof HTMLElement)) return false
  const stops = stopsIn(grid)
  const from = stops.find(({ element }) => element === target)
  if (!from) return false
  const to = nextStop(stops, from, key, model.shown.get().view === 'month')
  if (to === null) return true
  if (typeof to !== 'string') {
    to.element.focus()
    return true
  }
  // Over the edge of what is shown: the page turns, and the day there has the keyboard.
  model.setFilter({ date: to })
  focusDaySoon(grid, to)
  return true
}
