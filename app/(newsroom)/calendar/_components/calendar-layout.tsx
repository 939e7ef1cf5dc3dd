'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Agenda } from './agenda.tsx'
import { CalendarBanner } from './calendar-banner.tsx'
import { Grid } from './grid.tsx'
import { placeForNew } from './grid-places.ts'
import { useCalendar } from './model.ts'
import { ScopeDialog } from './scope-dialog.tsx'
import { Toolbar } from './toolbar.tsx'

type Props = { room: Room; access: 'write' | 'read' }

/** Where each part of the page stands. */
export function CalendarLayout({ room, access }: Props) {
  return (
    <div className="calendar-desk">
      <Toolbar room={room} access={access} />
      <CalendarBanner room={room} access={access} />
      <div className="flex min-h-0 grow">
        <MainView />
      </div>
      <CreateButton />
      <ScopeDialog />
    </div>
  )
}

function MainView() {
  const { view } = useCell(useCalendar().shown)
  if (view === 'agenda')
    return (
      <div className="calendar-list">
        <Agenda />
      </div>
    )
  if (view === 'board') return null
  return <Grid />
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
