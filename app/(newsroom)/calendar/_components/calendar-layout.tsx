'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { CalendarBanner } from './calendar-banner.tsx'
import { Dialogs } from './dialogs.tsx'
import { Unplanned } from './drafts/unplanned.tsx'
import { CreateForm } from './grid/grid-create.tsx'
import { placeForNew } from './grid/grid-places.ts'
import { PHONE, usePhone } from './grid/touch-phone.ts'
import { useCalendarKeys } from './keys.ts'
import { useCalendar } from './model.ts'
import { ScopeDialog } from './move/scope-dialog.tsx'
import { SlotSheet } from './slot/slot-sheet.tsx'
import { Toolbar } from './toolbar.tsx'

/** A view that is not shown costs nothing to open the page. */
const view = <Props,>(load: () => Promise<ComponentType<Props>>) => ({
  load,
  Part: lazy(async () => ({ default: await load() })),
})
const GRID = view(async () => (await import('./grid/grid.tsx')).Grid)
const AGENDA = view(async () => (await import('./agenda/agenda.tsx')).Agenda)
const BOARD = view(async () => (await import('./board/board.tsx')).Board)
const TOUCH_MONTH = view(async () => (await import('./grid/touch-month.tsx')).TouchMonth)

/** The view that the address asks for is on its way while the calendar itself still is. */
function askEarly(): void {
  const phone = matchMedia(PHONE).matches
  const asked = new URLSearchParams(location.search).get('view') ?? (phone ? 'agenda' : 'month')
  const part =
    asked === 'agenda' ? AGENDA : asked === 'board' ? BOARD : asked === 'month' && phone ? TOUCH_MONTH : GRID
  void part.load().catch(() => {})
}
if (typeof window !== 'undefined') askEarly()

/** Once the page is quiet the other views are fetched too, so that they open without a connection. Milliseconds. */
const QUIET_MS = 4_000

function useOtherViews() {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { load } of [GRID, AGENDA, BOARD, TOUCH_MONTH]) void load().catch(() => {})
    }, QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
}

type Props = { room: Room; access: 'write' | 'read' }

/** Where each part of the page stands. */
export function CalendarLayout({ room, access }: Props) {
  useCalendarKeys(useCalendar())
  useOtherViews()
  return (
    <div className="calendar-desk">
      <Toolbar room={room} access={access} />
      <CalendarBanner room={room} access={access} />
      <div className="flex min-h-0 grow">
        <Suspense fallback={<div className="grow" />}>
          <MainView />
        </Suspense>
        <Unplanned />
        <SlotSheet />
      </div>
      <CreateButton />
      <CreateForm />
      <ScopeDialog />
      <Dialogs />
    </div>
  )
}

function MainView() {
  const { view: shown } = useCell(useCalendar().shown)
  const phone = usePhone()
  if (shown === 'agenda')
    return (
      <div className="calendar-list">
        <AGENDA.Part />
      </div>
    )
  if (shown === 'board') return <BOARD.Part />
  if (shown === 'month' && phone) return <TOUCH_MONTH.Part />
  return <GRID.Part view={shown} />
}

/** Under the thumb on a phone; a large screen has it in the line above. */
function CreateButton() {
  const t = useTranslations('calendar.toolbar')
  const model = useCalendar()
  if (!model.rights.write) return null
  return (
    <button
      type="button"
      aria-label={t('create')}
      onClick={() => model.createAt(placeForNew(model))}
      className="fixed right-4 bottom-[calc(var(--foot)+1rem)] z-15 grid size-14 place-items-center rounded-full bg-accent text-on-accent shadow-lift hover:bg-accent-hover md:hidden"
    >
      <Plus aria-hidden="true" className="size-6" />
    </button>
  )
}
