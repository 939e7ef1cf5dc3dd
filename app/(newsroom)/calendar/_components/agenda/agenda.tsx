'use client'

import { CalendarSearch, ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { isFiltering, NO_FILTER } from '#lib/domain/calendar/filter.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { lockIndex } from '../days/day-lock-index.ts'
import { useShown } from '../filters/filters-shown.ts'
import { useCalendar } from '../model.ts'
import { AgendaDay, EmptyDays } from './agenda-day.tsx'
import { stretches } from './agenda-days.ts'
import { moveAmongLines } from './agenda-keys.ts'
import { useAgendaWindow } from './agenda-window.ts'

/** The plan as a list, day after day, as far as one cares to scroll. */
export function Agenda() {
  const model = useCalendar()
  const today = useCell(model.today)
  // Midnight moves «today», not the page under the eyes of whoever reads it.
  const [openedOn] = useState(() => model.shown.get().day)
  const anchor = useCell(model.filter).date ?? openedOn
  return <AgendaFrom key={anchor} anchor={anchor} today={today} />
}

function AgendaFrom({ anchor, today }: { anchor: PlainDay; today: PlainDay }) {
  const t = useTranslations('calendar.agenda')
  const model = useCalendar()
  const { from, to, list, earlier, later, byItself } = useAgendaWindow(anchor)
  const occurrences = useShown(from, to)
  const locks = useCell(model.locks)
  const index = useMemo(() => lockIndex(locks), [locks])
  const loaded = useCell(model.loaded)
  const { zone } = model.settings
  const days = useMemo(
    () => stretches(occurrences, from, to, today, zone),
    [occurrences, from, to, today, zone],
  )
  useEffect(() => model.wantPast(from, to), [model, from, to])

  return (
    <section aria-label={t('label')} aria-busy={!loaded} className="pb-6">
      <MoreDays onMore={earlier} icon={<ChevronUp aria-hidden="true" className="size-4" />}>
        {t('earlier')}
      </MoreDays>
      <NothingFound shown={occurrences.length > 0} />
      <ol ref={list} onKeyDown={moveAmongLines}>
        {days.map((one) =>
          one.kind === 'day' ? (
            <AgendaDay key={one.day} {...one} isToday={one.day === today} locks={index} />
          ) : (
            <EmptyDays key={one.to} {...one} />
          ),
        )}
      </ol>
      {byItself && loaded && <WhenSeen key={to} onSeen={later} />}
      <MoreDays onMore={later} icon={<ChevronDown aria-hidden="true" className="size-4" />}>
        {t('later')}
      </MoreDays>
    </section>
  )
}

/** A filter that leaves nothing says so: an empty month and a narrow filter look alike. */
function NothingFound({ shown }: { shown: boolean }) {
  const t = useTranslations('calendar.agenda')
  const model = useCalendar()
  const filtering = isFiltering(useCell(model.filter))
  if (shown || !filtering) return null
  return (
    <EmptyState
      icon={<CalendarSearch />}
      title={t('noneFound')}
      action={<Button onClick={() => model.setFilter(NO_FILTER)}>{t('clearFilters')}</Button>}
    >
      {t('noneFoundHint')}
    </EmptyState>
  )
}

function MoreDays({ onMore, icon, children }: { onMore: () => void; icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex justify-center py-2">
      <Button kind="ghost" size="small" onClick={onMore}>
        {icon}
        {children}
      </Button>
    </div>
  )
}

/** The foot of the list: seeing it brings the next days. */
function WhenSeen({ onSeen }: { onSeen: () => void }) {
  const foot = useRef<HTMLDivElement>(null)
  const seen = useEffectEvent(onSeen)
  useEffect(() => {
    if (!foot.current) return
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        watch.disconnect()
        seen()
      },
      { rootMargin: '300px' },
    )
    watch.observe(foot.current)
    return () => watch.disconnect()
  }, [])
  return <div ref={foot} aria-hidden="true" className="h-px" />
}
