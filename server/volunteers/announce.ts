import { setTimeout as wait } from 'node:timers/promises'
import type { EventPort, ServerEvent } from '#server/events/port.ts'

/** Pauses between the tries, milliseconds: in all well below the two seconds in which sockets must close. */
const PAUSES = [50, 150, 400]

/**
 * Publishes what a committed change means for everybody else. News of a right taken away must not be lost: a
 * failure is tried again, and in the end thrown, so that whoever asked learns that sockets may still be open.
 * Doing the same change again publishes it again.
 */
export async function announce(events: EventPort, news: readonly ServerEvent[]): Promise<void> {
  for (const event of news) await publish(events, event, 0)
}

async function publish(events: EventPort, event: ServerEvent, tried: number): Promise<void> {
  try {
    await events.publish(event)
  } catch (cause) {
    const pause = PAUSES[tried]
    if (pause === undefined) {
      throw new Error(`The change is saved, but its news (${event.type}) could not be published.`, { cause })
    }
    await wait(pause)
    await publish(events, event, tried + 1)
  }
}
