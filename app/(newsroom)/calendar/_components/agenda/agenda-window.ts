'use client'

import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { addDays, daysBetween } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'

/** How many days come at a time, and how many there are at most: those at the other end then leave. */
const STEP = 30
const MOST = 370
/** How far the list goes on by itself while one scrolls; beyond, one asks for more. */
const BY_ITSELF = 240

type Days = { readonly from: PlainDay; readonly to: PlainDay }

/**
 * The days that the agenda holds, in the page. What stands under the eye stays there when days come or leave
 * above it: not every browser sees to that itself.
 */
export function useAgendaWindow(anchor: PlainDay) {
  const [days, setDays] = useState<Days>({ from: anchor, to: addDays(anchor, STEP) })
  const list = useRef<HTMLOListElement>(null)
  const held = useRef<{ readonly name: string; readonly top: number } | null>(null)

  const hold = () => {
    const stays = [...(list.current?.querySelectorAll<HTMLElement>('[data-stretch]') ?? [])]
    const seen = stays.find((one) => one.getBoundingClientRect().bottom > 0 && one.dataset.stretch)
    held.current = seen ? { name: seen.dataset.stretch ?? '', top: seen.getBoundingClientRect().top } : null
  }
  const earlier = useCallback(() => {
    hold()
    setDays(({ from, to }) => {
      const first = addDays(from, -STEP)
      return { from: first, to: daysBetween(first, to) > MOST ? addDays(first, MOST) : to }
    })
  }, [])
  const later = useCallback(() => {
    hold()
    setDays(({ from, to }) => {
      const last = addDays(to, STEP)
      return { from: daysBetween(from, last) > MOST ? addDays(last, -MOST) : from, to: last }
    })
  }, [])

  useLayoutEffect(() => {
    if (!held.current || !list.current) return
    const { name, top } = held.current
    held.current = null
    const same = list.current.querySelector(`[data-stretch="${name}"]`)
    if (same) scrollerOf(list.current).scrollBy({ top: same.getBoundingClientRect().top - top })
  }, [days])

  return { ...days, list, earlier, later, byItself: daysBetween(anchor, days.to) < BY_ITSELF }
}

function scrollerOf(element: Element): Element {
  for (let one = element.parentElement; one; one = one.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) return one
  }
  return document.scrollingElement ?? document.documentElement
}
