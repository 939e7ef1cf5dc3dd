import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { CLOSE, type CloseCode } from '#lib/protocol/close-codes.ts'
import type { SyncLimits } from '../limits.ts'
import type { Meters } from '../meters.ts'
import { NewsroomListener, type NewsroomLive } from '../newsroom-live.ts'
import type { Room } from '../room/room.ts'
import { RoomSession } from '../room/room-session.ts'
import { END_OF_TURN } from '../wire/departures.ts'
import type { FairHearing } from '../wire/fair-hearing.ts'
import { sendAway } from '../wire/send-away.ts'
import { TokenBucket } from '../wire/token-bucket.ts'
import type { Unfinished } from '../wire/unfinished.ts'
import { createWire } from '../wire/wire.ts'
import type { Attendance, Attendee } from './attendance.ts'
import type { Admitted } from './gate.ts'

type Shared = {
  readonly attendance: Attendance
  readonly hearing: FairHearing
  readonly limits: SyncLimits
  readonly logger: Logger
  readonly meters: Meters
  readonly unfinished: Unfinished
}

/** A peer in the middle of a message cannot answer a ping; it is alive if so much arrives between two. Bytes. */
const SIGN_OF_LIFE = 16 * 1024

/** Seats a socket in a room; from here on its frames count. */
export function admitToRoom(
  { ws, socket, actor, cookie }: Admitted,
  room: Room,
  access: 'write' | 'read',
  { attendance, hearing, limits, logger, meters, unfinished }: Shared,
): void {
  if (attendance.socketsOf(actor.volunteerId) >= limits.socketsPerVolunteer) {
    sendAway(ws, CLOSE.tooMany, limits.closeGrace)
    return
  }
  if (room.ending) {
    sendAway(ws, CLOSE.goingAway, limits.closeGrace)
    return
  }
  const { departures } = room
  const wire = createWire(ws, socket, { departures, limits, meters })
  const session = new RoomSession({ room, actor, access, wire, limits, meters })
  const pulse = pulseOf(ws)
  unfinished.watch(ws, socket, { close: (code) => session.close(code), heard: pulse.hear })
  ws.on('ping', (data) => session.count(data.length))
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
      pulse.beat()
      session.keepAlive()
    },
  }
  const line = hearing.open({
    pause: (paused) => (paused ? ws.pause() : ws.resume()),
    counts: session.listening,
  })
  const hear = (asked: () => void) => {
    try {
      asked()
    } catch (error) {
      // A broken invariant of one room ends this connection, not everybody's process.
      logger.error({ err: error, document: room.name }, 'a frame could not be handled')
      session.close(CLOSE.loadFailed)
    }
  }
  ws.on('message', (data, isBinary) => {
    if (!isBinary || !Buffer.isBuffer(data)) {
      session.close(CLOSE.badMessage)
      return
    }
    const asked = session.arrive(data)
    if (asked) line.say(data.length, () => hear(asked))
  })
  ws.on('close', () =>
    // A page that is closed right after the last letter has said it.
    line.end(() => {
      attendance.remove(attendee)
      session.ended()
    }),
  )
  attendance.add(attendee)
  room.enter(session)
}

/** Lets a page listen to the newsroom. It has nothing to say there. */
export function admitListener(
  { ws, socket, actor, cookie }: Admitted,
  live: NewsroomLive,
  { attendance, limits, meters, unfinished }: Shared,
): void {
  if (attendance.socketsOf(actor.volunteerId) >= limits.socketsPerVolunteer) {
    sendAway(ws, CLOSE.tooMany, limits.closeGrace)
    return
  }
  const wire = createWire(ws, socket, { departures: END_OF_TURN, limits, meters })
  const listener = new NewsroomListener(actor.volunteerId, wire, () => live.leave(listener))
  const close = (code: CloseCode) => listener.close(code)
  const pulse = pulseOf(ws)
  unfinished.watch(ws, socket, { close, heard: pulse.hear })
  const pings = new TokenBucket(limits.framesPerSecond, limits.frameBurst, performance.now())
  ws.on('ping', () => {
    if (!pings.take(1, performance.now())) close(CLOSE.tooFast)
  })
  const attendee: Attendee = {
    actor,
    cookie,
    document: null,
    access: 'read',
    freeze: () => {},
    close,
    outgoing: () => wire.waiting(),
    wroteAt: () => null,
    beat: pulse.beat,
  }
  ws.on('message', () => close(CLOSE.badMessage))
  ws.on('close', () => {
    attendance.remove(attendee)
    listener.ended()
  })
  attendance.add(attendee)
  live.enter(listener)
}

/** `beat`: pings, and cuts off a peer that was silent since the last one. `hear`: so many bytes have arrived. */
function pulseOf(ws: WebSocket): { readonly beat: () => void; readonly hear: (bytes: number) => void } {
  let heard = true
  let bytes = 0
  const hear = () => {
    heard = true
  }
  ws.on('pong', hear)
  ws.on('message', hear)
  return {
    hear: (more) => {
      bytes += more
    },
    beat: () => {
      if (!heard && bytes < SIGN_OF_LIFE) {
        ws.terminate()
        return
      }
      heard = false
      bytes = 0
      ws.ping()
    },
  }
}
