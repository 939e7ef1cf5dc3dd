'use client'

import FullCalendar, {
  type CalendarRef,
  type DateClickInfo,
  type DateSelectInfo,
  type EventDisplayInfo,
  type EventInput,
} from '@fullcalendar/react'
import dayGrid from '@fullcalendar/react/daygrid'
import interaction, { Draggable } from '@fullcalendar/react/interaction'
import timeGrid from '@fullcalendar/react/timegrid'
import '@fullcalendar/react/skeleton.css'
import { useTranslations } from 'next-intl'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import type { CalendarView } from '#lib/domain/calendar/filter.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { useShown } from '../filters/filters-shown.ts'
import { type CalendarModel, useCalendar } from '../model.ts'
import { PresenceGhosts } from '../presence/presence-ghosts.tsx'
import { useHeld } from './drag-hold.ts'
import { useDrag } from './drag-use.ts'
import { DayHeader, DayNumber, HourLabel } from './grid-day.tsx'
import { eventOf, sameEvents } from './grid-events.ts'
import { useGridFocus } from './grid-focus.ts'
import { firstWeekday, periodOf } from './grid-period.ts'
import { newAt, newBetween } from './grid-places.ts'
import { SlotFace } from './grid-slot.tsx'
import { SlotWordsContext, useMadeSlotWords } from './grid-slot-words.ts'
import { instantOfWall, wallOf } from './grid-wall.ts'
import { clockWords } from './grid-words.ts'
import { ZoneNote } from './grid-zone-note.tsx'

const PLUGINS = [dayGrid, timeGrid, interaction]

const VIEW_NAMES = { month: 'dayGridMonth', week: 'timeGridWeek', day: 'timeGridDay' } as const
type GridView = keyof typeof VIEW_NAMES

/** How long a finger rests on a slot before it may be carried: less than a scroll begins with by accident. */
const LONG_PRESS_MS = 250

const renew = (events: readonly EventInput[]): readonly EventInput[] => [...events]

/** The events on the screen; the same list while nothing of them changed. */
function useEvents(model: CalendarModel, view: CalendarView, day: string): readonly EventInput[] {
  const { from, to } = periodOf(view, day, firstWeekday(model.locale))
  const occurrences = useShown(from, to)
  const locks = useCell(model.locks)
  const live = useCell(model.live)
  useEffect(() => model.wantPast(from, to), [model, from, to])
  const events = useMemo(() => {
    // An archived slot is moved from its sheet: it must first be brought back.
    const movable = (slot: Slot, on: string) => live.has(slot.id) && model.rights.move(slot, on)
    return occurrences.map((one) => eventOf(one, model.settings.zone, movable))
    // `rights.move` reads the locks.
  }, [occurrences, model, live, locks])
  const last = useRef(events)
  if (!sameEvents(last.current, events)) last.current = events
  return last.current
}

/** Month, week and day. FullCalendar measures and carries; what is true, how it looks and who may, we say. */
export function Grid({ view }: { view: GridView }) {
  const t = useTranslations('calendar.grid')
  const model = useCalendar()
  const { day } = useCell(model.shown)
  const { zone } = model.settings
  const calendar = useRef<CalendarRef>(null)
  const frame = useRef<HTMLDivElement>(null)
  const [start] = useState({ view: VIEW_NAMES[view], day })
  const { holding, ...drag } = useDrag(model)
  const events = useHeld(useEvents(model, view, day), holding, renew)
  const words = useMadeSlotWords()
  useGridFocus(model, frame, events)

  useLayoutEffect(() => {
    const api = calendar.current?.getApi()
    if (api && (api.view.type !== VIEW_NAMES[view] || api.getDate().toISOString().slice(0, 10) !== day))
      api.changeView(VIEW_NAMES[view], day)
  }, [view, day])

  // A stretch that was drawn stays marked as long as its form is open.
  const creating = useCell(model.creating)
  useEffect(() => {
    if (!creating) calendar.current?.getApi().unselect()
  }, [creating])

  // What lies beside the grid can be dragged into it.
  useEffect(() => {
    const desk = frame.current?.closest<HTMLElement>('.calendar-desk')
    if (!desk || !model.rights.write) return
    const draggable = new Draggable(desk, {
      itemSelector: '[data-draft-id]',
      longPressDelay: LONG_PRESS_MS,
      eventData: { create: false, duration: '00:30' },
    })
    return () => draggable.destroy()
  }, [model])

  const options = useMemo(
    () => ({
      plugins: PLUGINS,
      headerToolbar: false as const,
      timeZone: 'UTC',
      locale: `${model.locale}-ca`,
      firstDay: firstWeekday(model.locale),
      now: () => wallOf(Date.now(), zone),
      nowIndicator: true,
      height: '100%',
      expandRows: true,
      fixedWeekCount: false,
      nextDayThreshold: '06:00:00',
      dayMaxEvents: true,
      slotDuration: '00:30:00',
      slotMinHeight: 23,
      snapDuration: '00:15:00',
      slotHeaderInterval: '01:00:00',
      scrollTime: '07:30:00',
      scrollTimeReset: false,
      eventMinHeight: 24,
      eventShortHeight: 40,
      eventOrder: 'start,-duration,id',
      eventInteractive: true,
      displayEventTime: false,
      eventDisplay: 'auto',
      eventResizableFromStart: false,
      dragRevertDuration: 0,
      longPressDelay: LONG_PRESS_MS,
      allDayText: t('allDay'),
      moreLinkText: (count: number) => t('more', { count }),
      moreLinkHint: (count: number) => t('moreLabel', { count }),
      closeHint: t('close'),
      droppable: model.rights.write,
      selectable: model.rights.write,
      selectMirror: true,
      selectMinDistance: 8,
      unselectAuto: false,
      ...LOOKS,
      eventDidMount: ({ el, event }: { el: HTMLElement; event: { id: string } }) => {
        // Where a sheet that closes gives the keyboard back.
        el.dataset.slotId = event.id.slice(0, 36)
      },
      eventContent: (info: EventDisplayInfo) => <EventBody info={info} zone={zone} model={model} />,
      // A weekday’s name is said in another way, and what is drawn hidden from who listens: ours has buttons.
      dayHeaderDidMount: ({ el }: { el: HTMLElement }) =>
        el.querySelector(':scope > [aria-hidden]')?.removeAttribute('aria-hidden'),
      dayHeaderContent: ({ date }: { date: Date }) => <DayHeader day={date.toISOString().slice(0, 10)} />,
      dayCellTopContent: ({ date, isOther }: { date: Date; isOther: boolean }) => (
        <DayNumber day={date.toISOString().slice(0, 10)} other={isOther} />
      ),
      slotHeaderContent: ({ date }: { date: Date }) => <HourLabel date={date} />,
      dateClick: (info: DateClickInfo) => {
        if (model.rights.write) model.createAt(newAt(model, info))
      },
      select: (info: DateSelectInfo) => model.createAt(newBetween(model, info)),
    }),
    [model, t, zone],
  )
  return (
    <div ref={frame} className="grid-frame" data-view={view} data-holding={holding || undefined}>
      <ZoneNote />
      <div className="relative min-h-0 grow">
        <SlotWordsContext value={words}>
          <FullCalendar
            ref={calendar}
            initialView={start.view}
            initialDate={start.day}
            {...options}
            {...drag}
            events={events as EventInput[]}
          />
        </SlotWordsContext>
        <PresenceGhosts frame={frame} view={view} day={day} />
      </div>
    </div>
  )
}

/** Our own classes, styled in calendar.css. */
const LOOKS = {
  className: 'cal',
  eventClass: 'cal-event',
  listItemEventClass: 'cal-line',
  rowEventClass: 'cal-bar',
  columnEventClass: 'cal-block',
  eventAfterClass: ({ isEndResizable, isSelected }: EventDisplayInfo) =>
    isEndResizable && (isSelected ? 'cal-grip cal-grip-touch' : 'cal-grip'),
  rowMoreLinkClass: 'cal-more',
  columnMoreLinkClass: 'cal-more',
  popoverClass: 'cal-popover',
  popoverCloseClass: 'cal-popover-close',
  popoverCloseContent: '×',
  highlightClass: 'cal-highlight',
  dayHeaderAlign: 'center',
  dayHeaderClass: 'cal-head',
  dayCellClass: ({ isToday, isOther }: { isToday: boolean; isOther: boolean }) =>
    `cal-cell${isToday ? ' cal-today' : ''}${isOther ? ' cal-other' : ''}`,
  dayLaneClass: ({ isToday }: { isToday: boolean }) => `cal-lane${isToday ? ' cal-today' : ''}`,
  dayRowClass: 'cal-row',
  dayHeaderRowClass: 'cal-head-row',
  slotLaneClass: ({ isMinor }: { isMinor: boolean }) => `cal-slat${isMinor ? ' cal-minor' : ''}`,
  slotHeaderClass: 'cal-hour',
  slotHeaderInnerClass: 'cal-hour-text',
  dayHeaderDividerClass: 'cal-head-line',
  allDayHeaderInnerClass: 'cal-allday',
  allDayDividerClass: 'cal-divider',
  nowIndicatorLineClass: 'cal-now',
  nowIndicatorDotClass: 'cal-now-dot',
  nowIndicatorHeaderClass: 'cal-now-head',
} as const

type BodyProps = { info: EventDisplayInfo; zone: string; model: CalendarModel }

function EventBody({ info, zone, model }: BodyProps) {
  const { event, isMirror, isShort, view } = info
  const carried = isMirror && !event.allDay && event.start
  if (!event.id) return <span className="cal-new" />
  const hours = view.type !== VIEW_NAMES.month
  const multi =
    event.allDay || (event.start && event.end && event.end.getTime() - event.start.getTime() > 86_400_000)
  return (
    <SlotFace
      name={event.id}
      shape={hours && !event.allDay ? 'block' : multi ? 'bar' : 'line'}
      short={isShort}
      carriedTo={carried ? clockWords(instantOfWall(carried, false, zone), model.locale, zone) : null}
    />
  )
}
