import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { setFields } from '#lib/documents/calendar/edits.ts'
import { calendarKind, slotsOf } from '#lib/documents/calendar/shape.ts'
import { listen } from '../client.ts'
import type { Member, Newsroom } from '../pupitre.ts'

const SYNC = 0
const UPDATE = 2
/** A hand that drags one slot after the other: milliseconds between two drops. */
const PAUSE = 120

/**
 * One person moves slots, everybody else has the calendar open.
 * @returns milliseconds from each move to its arrival at each of the others
 */
export async function measureMoves(
  newsroom: Newsroom,
  member: Member,
  watchers: number,
  moves: number,
): Promise<readonly number[]> {
  const door = newsroom.calendar(member)
  const delays: number[] = []
  let movedAt = Number.NaN
  const sockets = await Promise.all(
    Array.from({ length: watchers }, () =>
      listen(door, (frame) => {
        if (frame[0] === SYNC && frame[1] === UPDATE) delays.push(performance.now() - movedAt)
      }),
    ),
  )
  const doc = new Y.Doc()
  class SignedIn extends WebSocket {
    constructor(url: string) {
      super(url, { headers: door.headers })
    }
  }
  const provider = new WebsocketProvider(door.url.replace(/\/calendar\/main$/, ''), 'calendar/main', doc, {
    WebSocketPolyfill: SignedIn as never,
    disableBc: true,
  })
  try {
    await new Promise<void>((resolve) => provider.on('sync', (synced) => synced && resolve()))
    const slots = calendarKind.read(doc).slots.filter(({ time }) => time.kind === 'timed')
    if (slots.length !== slotsOf(doc).size) throw new Error('the calendar holds what is no slot')
    await sleep(500)
    delays.length = 0
    for (let move = 0; move < moves; move += 1) {
      const slot = slots[move % slots.length]
      if (slot?.time.kind !== 'timed') throw new Error('nothing to move')
      const later = new Date(Date.parse(slot.time.at) + 60 * 60 * 1000).toISOString().replace('.000Z', 'Z')
      movedAt = performance.now()
      setFields(doc, slot.id, { time: { ...slot.time, at: later } })
      await sleep(PAUSE)
    }
    await sleep(1000)
    if (delays.length !== moves * watchers)
      throw new Error(`${delays.length} arrivals of ${moves * watchers}`)
    return delays
  } finally {
    provider.destroy()
    provider.awareness.destroy()
    for (const socket of sockets) socket.close()
  }
}
