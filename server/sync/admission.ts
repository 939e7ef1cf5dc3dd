import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { Attendance, Attendee } from './attendance.ts'
import { END_OF_TURN } from './departures.ts'
import type { Admitted } from './gate.ts'
import type { SyncLimits } from './limits.ts'
import type { Meters } from './meters.ts'
import { NewsroomListener, type NewsroomLive } from './newsroom-live.ts'
import type { Room } from './room.ts'
import { RoomSession } from './room-session.ts'
import { createWire } from './wire.ts'

type Shared = {
  readonly attendance: Attendance
  readonly limits: SyncLimits
  readonly logger: Logger
  readonly meters: Meters
}

/** Seats a socket in a room; from here on its frames count. */
export function admitToRoom(
  { ws, socket, actor, cookie }: Admitted,
  room: Room,
  access: 'write' | 'read',
  { attendance, limits, logger, meters }: Shared,
): void {
  if (room.ending) {
    ws.close(CLOSE.goingAway)
    return
  }
  const { departures } = room
  const wire = createWire(ws, socket, { departures, limits, meters })
  const session = new RoomSession({ room, actor, access, wire, limits, meters })
  const pulse = pulseOf(ws)
  const attendee: Attendee = {
    actor,
    cookie,
    document: room.name,
    access,
    freeze: () => session.freeze(),
    close: (code) => session.close(code),
    outgoing: () => wire.waiting(),
    wroteAt: () => session.wroteAt,
    beat: () => {
      pulse()
      session.keepAlive()
    },
  }
  ws.on('message', (data, isBinary) => {
    try {
      if (isBinary && Buffer.isBuffer(data)) session.receive(data)
      else session.close(CLOSE.badMessage)
    } catch (error) {
      // A broken invariant of one room ends this connection, not everybody's process.
      logger.error({ err: error, document: room.name }, 'a frame could not be handled')
      session.close(CLOSE.loadFailed)
    }
  })
  ws.on('close', () => {
    attendance.remove(attendee)
    session.ended()
  })
  attendance.add(attendee)
  room.enter(session)
}

/** Lets a page listen to the newsroom. It has nothing to say there. */
export function admitListener(
  { ws, socket, actor, cookie }: Admitted,
  live: NewsroomLive,
  { attendance, limits, meters }: Shared,
): void {
  const wire = createWire(ws, socket, { departures: END_OF_TURN, limits, meters })
  const listener = new NewsroomListener(actor.volunteerId, wire, () => live.leave(listener))
  const close = (code: CloseCode) => listener.close(code)
  const attendee: Attendee = {
    actor,
    cookie,
    document: null,
    access: 'read',
    freeze: () => {},
    close,
    outgoing: () => wire.waiting(),
    wroteAt: () => null,
    beat: pulseOf(ws),
  }
  ws.on('message', () => close(CLOSE.badMessage))
  ws.on('close', () => {
    attendance.remove(attendee)
    listener.ended()
  })
  attendance.add(attendee)
  live.enter(listener)
}

/** @returns what to call at every beat: pings, and cuts off a peer that was silent since the last one */
function pulseOf(ws: WebSocket): () => void {
  let heard = true
  const hear = () => {
    heard = true
  }
  ws.on('pong', hear)
  ws.on('message', hear)
  return () => {
    if (!heard) {
      ws.terminate()
      return
    }
    heard = false
    ws.ping()
  }
}
