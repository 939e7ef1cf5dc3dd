'use client'

import { type RefObject, useEffect, useLayoutEffect, useReducer, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { inkOn } from '#app/_ui/avatar-letters.ts'
import { DAY_MS, dayText } from '#lib/domain/calendar/days.ts'
import { endOf, startOf } from '#lib/domain/calendar/time.ts'
import { localTime } from '#lib/domain/calendar/zone.ts'
import { type Hand, type NewSlot, useCalendar } from '../model.ts'

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

type Span = { readonly start: number; readonly end: number }

type Props = { frame: RefObject<HTMLElement | null>; view: string; day: string }

/** The key of this page’s own box; client ids are not negative. */
const OWN = -1

const spanOf = ({ time, minutes, days }: NewSlot, zone: string): Span => ({
  start: startOf(time, zone),
  end: endOf({ time, minutes, days }, zone),
})

/**
 * What others hold, where they hold it. Drawn over the grid and not in it: a hand that moves ten times a second must
 * not make the grid draw its events again.
 */
export function PresenceGhosts({ frame, view, day }: Props) {
  const model = useCalendar()
  const hands = useCell(model.hands)
  const creating = useCell(model.creating)
  const held = hands.filter(({ drag }) => drag !== null)
  const [scrolled, noteScroll] = useReducer((count: number) => count + 1, 0)
  const carrying = held.length > 0
  useEffect(() => {
    const grid = frame.current
    if (!grid || !carrying) return
    grid.addEventListener('scroll', noteScroll, { capture: true, passive: true })
    return () => grid.removeEventListener('scroll', noteScroll, { capture: true })
  }, [frame, carrying])
  const [boxes, setBoxes] = useState<ReadonlyMap<number, Box>>(new Map())
  useLayoutEffect(() => {
    const grid = frame.current
    const found = new Map<number, Box>()
    for (const hand of held) {
      const box = grid && boxOf(grid, hand.drag, model.settings.zone)
      if (box) found.set(hand.client, box)
    }
    const wanted = grid && creating && boxOf(grid, spanOf(creating, model.settings.zone), model.settings.zone)
    if (wanted) found.set(OWN, wanted)
    setBoxes((was) => (was.size === 0 && found.size === 0 ? was : found))
  }, [hands, creating, view, day, frame, model, scrolled])
  const own = boxes.get(OWN)
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 z-3 overflow-hidden">
      {own && <Wanted box={own} />}
      {held.map((hand) => {
        const box = boxes.get(hand.client)
        return box && <Ghost key={hand.client} hand={hand} box={box} />
      })}
    </div>
  )
}

/** Where a new slot will be, while its form is open. */
function Wanted({ box }: { box: Box }) {
  return <div className="ghost ghost-new" style={box} />
}

function Ghost({ hand: { person }, box }: { hand: Hand; box: Box }) {
  return (
    <div data-ghost={person.id} className="ghost" style={{ ...box, borderColor: person.color }}>
      <span style={{ backgroundColor: person.color, color: inkOn(person.color) }}>{person.name}</span>
    </div>
  )
}

/** Where the grid has the place that a hand is over, within the grid; null where it is not on the screen. */
function boxOf(grid: HTMLElement, drag: Span | null, zone: string): Box | null {
  if (!drag) return null
  const { day, minutes } = localTime(drag.start, zone)
  const cells = [...grid.querySelectorAll<HTMLElement>(`.cal-cell[data-date="${dayText(day)}"]`)]
  const lane = grid.querySelector<HTMLElement>(`.cal-lane[data-date="${dayText(day)}"]`)
  const origin = grid.querySelector('.cal')?.getBoundingClientRect()
  if (!origin) return null
  const wholeDay = drag.end - drag.start >= DAY_MS - 2 * 3_600_000
  const place = (lane && !wholeDay ? lane : cells[0])?.getBoundingClientRect()
  if (!place) return null
  const left = place.left - origin.left
  const top = place.top - origin.top
  if (!lane || wholeDay) return { left, top, width: place.width, height: place.height }
  const perMinute = place.height / (24 * 60)
  const length = (drag.end - drag.start) / 60_000
  return {
    left,
    top: top + minutes * perMinute,
    width: place.width,
    height: Math.max(18, length * perMinute),
  }
}
