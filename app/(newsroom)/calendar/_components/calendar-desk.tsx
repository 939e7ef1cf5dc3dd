'use client'

import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { keepPage } from '#app/_collab/keep-page.ts'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { useRoom } from '#app/_collab/use-room.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { calendarKind } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import { can } from '#lib/domain/permissions.ts'
import { calendarNow } from '../actions.ts'
import { CalendarBanner } from './calendar-banner.tsx'
import { CalendarLayout } from './calendar-layout.tsx'
import { type CalendarPageProps, CalendarPlace } from './calendar-place.tsx'
import { CalendarContext, type CalendarModel } from './model.ts'
import { useCalendarModel } from './use-calendar-model.ts'

/** Everything on the page of the calendar that needs the shared document. */
export default function CalendarDesk(props: CalendarPageProps) {
  const t = useTranslations('calendar.desk')
  const { now, check } = useNow(props)
  const access = can(now.actor, 'slot.edit', null) ? 'write' : 'read'
  const room = useRoom({
    document: { name: CALENDAR.name, schemaVersion: calendarKind.schemaVersion },
    person: props.person,
    access,
    onAccessChanged: () =>
      void check().then(
        (found) => found && room?.setAccess(can(found.actor, 'slot.edit', null) ? 'write' : 'read'),
      ),
    onCorrected: () => toast.failed(t('corrected')),
  })
  useNewsroom((news) => {
    if (news.type === 'returned' || news.type === 'calendar') void check()
  })
  if (!room) return <CalendarPlace />
  return <InRoom {...props} {...now} room={room} access={access} />
}

type Now = Pick<CalendarPageProps, 'actor' | 'settings'>

/** Role and settings: as the page was drawn, then as often as they are asked again. */
function useNow({ actor, settings }: CalendarPageProps) {
  const [now, setNow] = useState<Now>({ actor, settings })
  async function check(): Promise<Now | null> {
    const answer = await attempt(() => calendarNow({}))
    if (!answer.ok) return null
    // The same answer is no news: parts of the page are not drawn again for it.
    setNow((was) => (JSON.stringify(was) === JSON.stringify(answer.value) ? was : answer.value))
    return answer.value
  }
  return { now, check }
}

type InRoomProps = CalendarPageProps & { room: Room; access: 'write' | 'read' }

function InRoom({ room, access, ...props }: InRoomProps) {
  const { actor, settings, person, people, keepOffline } = props
  const { loaded, met } = useCell(room.status)
  const model = useCalendarModel(room, { actor, settings, people })
  useEffect(() => {
    if (met) return keepPage(person.volunteerId, keepOffline)
  }, [met, person.volunteerId, keepOffline])
  if (!model || !loaded) return <NotYet room={room} access={access} />
  return (
    <CalendarContext value={model}>
      <AddressReader model={model} />
      <CalendarLayout room={room} access={access} />
    </CalendarContext>
  )
}

/** A link of the page itself, or of the palette, changes the address without a new page. */
function AddressReader({ model }: { model: CalendarModel }) {
  const params = useSearchParams().toString()
  useEffect(() => model.readAddress(), [model, params])
  return null
}

/** The place of the calendar, and why it is not there when that takes long. */
function NotYet({ room, access }: Pick<InRoomProps, 'room' | 'access'>) {
  const t = useTranslations('calendar.desk.waiting')
  const { trouble, keeps } = useCell(room.status)
  const { kind } = useCell(room.saved)
  const why =
    trouble === 'loadFailed' ? t('loadFailed') : kind === 'offline' && keeps !== null ? t('offline') : null
  return (
    <>
      <CalendarBanner room={room} access={access} />
      <CalendarPlace note={why} />
    </>
  )
}
