import * as Y from 'yjs'
import { tongueOf } from '../wire/messages.ts'
import { type Entrance, type OnMessage, openWire, type Wire } from '../wire/socket.ts'

/** Hocuspocus drops a connection that says nothing for a minute; a page says who it is every 15 seconds. */
const SIGN_EVERY = 20_000

/** Joins a document and hands on every message, unread. */
export async function openListener(door: Entrance, onMessage: OnMessage): Promise<Wire> {
  const tongue = tongueOf(door)
  const wire = await openWire(door, onMessage)
  if (door.relay) return wire
  if (tongue.greeting) wire.send(tongue.greeting)
  wire.send(tongue.stepOne(Y.encodeStateVector(new Y.Doc())))
  if (door.addressed === null) return wire
  const signs = setInterval(() => {
    if (wire.ended()) clearInterval(signs)
    else wire.send(tongue.sign())
  }, SIGN_EVERY)
  signs.unref()
  return wire
}

/** Opens many, as many at a time as a newsroom brings: it comes one by one, not in one burst. */
export async function inTurns<T>(openings: readonly (() => Promise<T>)[], atOnce = 20): Promise<T[]> {
  const opened: T[] = []
  let next = 0
  const lane = async () => {
    for (let mine = next++; mine < openings.length; mine = next++) {
      const open = openings[mine]
      if (open) opened[mine] = await open()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return opened
}
