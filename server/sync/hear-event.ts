import { draftDocument } from '#lib/documents/registry.ts'
import type { ServerEvent } from '#server/events/port.ts'
import type { Attendance } from './door/attendance.ts'
import type { NewsroomLive } from './newsroom-live.ts'
import type { Rooms } from './room/rooms.ts'

type Hearers = {
  readonly newsroom: NewsroomLive
  readonly rooms: Rooms
  readonly attendance: Attendance
}

/** What news of any process of the newsroom means for the sockets of this one. */
export function hearEvent(event: ServerEvent, { newsroom, rooms, attendance }: Hearers): void {
  switch (event.type) {
    case 'draft.changed':
      newsroom.draftChanged(event.draftId)
      break
    case 'thread.changed':
    case 'review.changed':
    case 'rules.changed':
    case 'history.changed':
    case 'suggestions.added':
    case 'inbox.changed':
      newsroom.rowsChanged(event)
      break
    case 'team.changed':
      newsroom.teamChanged()
      break
    case 'calendar.changed':
      newsroom.calendarChanged()
      break
    case 'document.written':
      rooms.get(event.document)?.catchUp()
      break
    case 'draft.access': {
      const name = draftDocument(event.draftId)
      attendance.dismiss(({ document }) => document === name)
      break
    }
    case 'volunteer.access':
      attendance.dismiss(({ actor }) => actor.volunteerId === event.volunteerId)
      break
    case 'session.ended':
      attendance.dismiss(({ actor }) => actor.sessionId === event.sessionId)
      break
  }
}
