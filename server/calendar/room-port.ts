import type { CalendarFacts } from '#lib/documents/calendar/shape.ts'
import { can } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { RoomPort } from '#server/sync/ports.ts'
import { CalendarRows, type Outcome } from './projection.ts'
import { readSettings } from './settings.ts'

/** What the rooms ask of the calendar. */
export type CalendarRoomPort = RoomPort<'calendar'> & {
  /** Hears what the document says, each time that the rows say it too. */
  onProjected(listener: ProjectionListener): void
}

type ProjectionListener = (facts: CalendarFacts, foreign: Outcome['foreign']) => void

export function calendarRoomPort({
  database,
  events,
}: {
  database: Database
  events: Pick<EventPort, 'publish'>
}): CalendarRoomPort {
  const rows = new CalendarRows(database.pool)
  let listener: ProjectionListener = () => {}
  let owesNews = false
  return {
    async authorise(actor) {
      if (!can(actor, 'calendar.read', null)) return 'forbidden'
      return can(actor, 'slot.edit', null) ? 'write' : 'read'
    },

    async project(projection) {
      const { zone } = await readSettings(database.orm)
      const owed = owesNews
      // A call that failed may have been committed all the same: then its news is still to be told.
      owesNews = true
      const { archive, foreign } = await rows.write(projection, zone)
      if (archive || owed) await events.publish({ type: 'calendar.changed' })
      owesNews = false
      listener(projection.facts, foreign)
    },

    onProjected: (heard) => {
      listener = heard
    },
  }
}
