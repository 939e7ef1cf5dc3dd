'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Agenda } from './agenda.tsx'
import { Board } from './board.tsx'
import { CalendarBanner } from './calendar-banner.tsx'
import { Dialogs } from './dialogs.tsx'
import { Grid } from './grid.tsx'
import { CreateForm } from './grid-create.tsx'
import { placeForNew } from './grid-places.ts'
import { useCalendarKeys } from './keys.ts'
import { useCalendar } from './model.ts'
import { ScopeDialog } from './scope-dialog.tsx'
import { SlotSheet } from './slot-sheet.tsx'
import { Toolbar } from './toolbar.tsx'
import { TouchMonth } from './touch-month.tsx'
import { usePhone } from './touch-phone.ts'
import { Unplanned } from './unplanned.tsx'

type Props = { room: Room; access: 'write' | 'read' }

/** Where each part of the page stands. */
export function CalendarLayout({ room, access }: Props) {
  useCalendarKeys(useCalendar())
  return (
    <div className="calendar-desk">
      <Toolbar room={room} access={access} />
      <CalendarBanner room={room} access={access} />
      <div className="flex min-h-0 grow">
        <MainView />
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
  const { view } = useCell(useCalendar().shown)
  const phone = usePhone()
  if (view === 'agenda')
    return (
      <div className="calendar-list">
        <Agenda />
      </div>
    )
  if (view === 'board') return <Board />
  if (view === 'month' && phone) return <TouchMonth />
  return <Grid view={view} />
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
