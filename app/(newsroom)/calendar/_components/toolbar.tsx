'use client'

import {
  CalendarDays,
  CalendarRange,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  Columns3,
  List,
  type LucideIcon,
  Plus,
  Redo2,
  SquareKanban,
  Undo2,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { type CalendarView, VIEWS } from '#lib/domain/calendar/filter.ts'
import { useCommands } from '../../_shell/commands.tsx'
import { SavedIndicator } from '../../drafts/[id]/_components/saved-indicator.tsx'
import { UnplannedButton } from './drafts/unplanned.tsx'
import { FilterBar } from './filters/filter-bar.tsx'
import { firstWeekday, periodTitle, stepped } from './grid/grid-period.ts'
import { placeForNew } from './grid/grid-places.ts'
import { useCalendar } from './model.ts'
import { MoreMenu } from './more-menu.tsx'
import { PeopleHere } from './presence/presence-people.tsx'
import { WarningsBadge } from './warnings/warnings-badge.tsx'

const ICONS: Readonly<Record<CalendarView, LucideIcon>> = {
  month: CalendarDays,
  week: Columns3,
  day: CalendarRange,
  agenda: List,
  board: SquareKanban,
}

/** The letters of Google’s calendar. */
const KEYS: Readonly<Record<CalendarView, string>> = {
  month: 'm',
  week: 'w',
  day: 'd',
  agenda: 'a',
  board: 'b',
}

/** The line above the plan: where one is in time, how it is shown, and whether it is saved. */
export function Toolbar({ room, access }: { room: Room; access: 'write' | 'read' }) {
  const t = useTranslations('calendar.toolbar')
  const model = useCalendar()
  return (
    <header className="calendar-bar">
      <Steps />
      <Period />
      <div className="bar-tools">
        <div className="hidden min-w-0 lg:block">
          <SavedIndicator room={room} access={access} />
        </div>
        <PeopleHere />
        {model.rights.write && <UndoButtons />}
        <div className="hidden items-center md:flex">
          <WarningsBadge />
          <UnplannedButton />
        </div>
        <ViewChoice />
        <MoreMenu />
        {model.rights.write && (
          <Button kind="primary" className="max-md:hidden" onClick={() => model.createAt(placeForNew(model))}>
            <Plus aria-hidden="true" className="size-4" />
            {t('create')}
          </Button>
        )}
      </div>
      <div className="bar-filters">
        <FilterBar />
        <div className="ml-auto flex items-center md:hidden">
          <WarningsBadge />
          <UnplannedButton />
        </div>
      </div>
    </header>
  )
}

function Steps() {
  const t = useTranslations('calendar.toolbar')
  const model = useCalendar()
  const { view, day } = useCell(model.shown)
  const today = useCell(model.today)
  if (view === 'board') return null
  const step = (pages: number) => model.setFilter({ date: stepped(view, day, pages) })
  const kind = view === 'agenda' ? 'week' : view
  return (
    <div className="bar-steps">
      <Button
        size="small"
        className="mr-1 max-md:px-2"
        aria-current={day === today ? 'date' : undefined}
        onClick={() => model.setFilter({ date: null })}
      >
        {t('today')}
      </Button>
      <IconButton label={t(`previous.${kind}`)} keys="p" onClick={() => step(-1)}>
        <ChevronLeft aria-hidden="true" />
      </IconButton>
      <IconButton label={t(`next.${kind}`)} keys="n" onClick={() => step(1)} className="-ml-1">
        <ChevronRight aria-hidden="true" />
      </IconButton>
    </div>
  )
}

/** The page’s title: what it is, and which days are on the screen. */
function Period() {
  const t = useTranslations('calendar')
  const model = useCalendar()
  const { view, day } = useCell(model.shown)
  const words = periodTitle(view, day, firstWeekday(model.locale), model.locale)
  return (
    <h1 className="calendar-period" aria-live="polite">
      <span className="sr-only">{t('desk.title')} </span>
      {view === 'board' ? <span aria-hidden="true">{t('toolbar.views.board')}</span> : words}
    </h1>
  )
}

function UndoButtons() {
  const t = useTranslations('calendar.toolbar')
  const { modifier } = useCommands()
  const model = useCalendar()
  const canUndo = useCell(model.canUndo)
  const canRedo = useCell(model.canRedo)
  return (
    <div className="hidden xl:flex">
      <IconButton label={t('undo')} keys={`${modifier} Z`} disabled={!canUndo} onClick={model.undo}>
        <Undo2 aria-hidden="true" />
      </IconButton>
      <IconButton label={t('redo')} keys={`${modifier} ⇧ Z`} disabled={!canRedo} onClick={model.redo}>
        <Redo2 aria-hidden="true" />
      </IconButton>
    </div>
  )
}

/** A row of views where there is room, the system’s own choice on a phone. */
function ViewChoice() {
  const t = useTranslations('calendar.toolbar')
  const model = useCalendar()
  const { view } = useCell(model.shown)
  return (
    <>
      <fieldset className="calendar-views hidden xl:flex">
        <legend className="sr-only">{t('view')}</legend>
        {VIEWS.map((one) => {
          const Icon = ICONS[one]
          return (
            <button
              key={one}
              type="button"
              aria-pressed={one === view}
              aria-keyshortcuts={KEYS[one]}
              title={`${t(`views.${one}`)} (${KEYS[one]})`}
              onClick={() => model.setFilter({ view: one })}
            >
              <Icon aria-hidden="true" className="size-4 max-2xl:hidden" />
              {t(`views.${one}`)}
            </button>
          )
        })}
      </fieldset>
      <span className="relative xl:hidden">
        <select
          aria-label={t('view')}
          value={view}
          onChange={({ target }) =>
            model.setFilter({ view: VIEWS.find((one) => one === target.value) ?? null })
          }
          className="h-(--control) appearance-none rounded-sm bg-transparent pr-6 pl-2 font-medium text-(length:--control-text) text-ink hover:bg-well"
        >
          {VIEWS.map((one) => (
            <option key={one} value={one}>
              {t(`views.${one}`)}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-1.5 size-3.5 -translate-y-1/2 text-faint"
        />
      </span>
    </>
  )
}
