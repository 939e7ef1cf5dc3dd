'use client'

import type {
  CalendarOptions,
  DateSpanApi,
  EventApi,
  EventDropInfo,
  EventResizeDoneInfo,
} from '@fullcalendar/react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { dayOf } from '#lib/domain/calendar/time.ts'
import { type CalendarModel, knownSlots } from '../model.ts'
import { draftDropped, dropped, mayDrop, resized } from './drag-drop.ts'
import { planDropped } from './drag-plan.ts'
import { parseKey } from './grid-events.ts'

type Handlers = Pick<
  CalendarOptions,
  | 'eventAllow'
  | 'eventClick'
  | 'eventDragStart'
  | 'eventDragStop'
  | 'eventDrop'
  | 'eventResizeStart'
  | 'eventResizeStop'
  | 'eventResize'
  | 'drop'
>

/** What the hand does in the grid. `holding`: something is carried, and nothing may change under it. */
export function useDrag(model: CalendarModel): Handlers & { readonly holding: boolean } {
  const t = useTranslations('calendar.grid')
  const [holding, setHolding] = useState(false)
  const cancelled = useRef(false)

  useEffect(() => {
    if (!holding) return
    // FullCalendar knows no way back: what is let go after Escape is put back by us.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      cancelled.current = true
      model.holdOut(null)
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [holding, model])
  useEffect(() => () => model.holdOut(null), [model])

  return useMemo(() => {
    const words = {
      moved: (title: string) => t('moved', { title: title || t('untitled') }),
      resized: (title: string) => t('resized', { title: title || t('untitled') }),
      gone: t('gone'),
    }
    const take = () => {
      cancelled.current = false
      setHolding(true)
    }
    const letGo = () => {
      model.holdOut(null)
      // Not before the drop itself was told, which comes right after this.
      setTimeout(() => setHolding(false))
    }
    const unless =
      <Info extends { revert: () => void }>(run: (info: Info) => void) =>
      (info: Info) =>
        cancelled.current ? info.revert() : run(info)
    return {
      holding,
      eventAllow: (span: DateSpanApi, event: EventApi | null) =>
        !cancelled.current && mayDrop(model, span, event),
      eventClick: ({ event }) => {
        const key = parseKey(event.id)
        const slot = key && knownSlots(model.live.get(), model.past.get()).get(key.slot)
        if (key && slot) model.openSlot(key.slot, key.day ?? dayOf(slot.time))
      },
      eventDragStart: take,
      eventDragStop: letGo,
      eventDrop: unless((info: EventDropInfo) => dropped(model, info, words)),
      eventResizeStart: take,
      eventResizeStop: letGo,
      eventResize: unless((info: EventResizeDoneInfo) => resized(model, info, words)),
      drop: (info) => {
        const drop = draftDropped(info)
        if (drop) planDropped(model, drop, (title) => t('planned', { title: title || t('untitled') }))
      },
    }
  }, [model, t, holding])
}
