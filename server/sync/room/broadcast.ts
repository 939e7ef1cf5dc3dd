import * as Y from 'yjs'
import { DENIED } from '#lib/protocol/messages.ts'
import { deniedFrame, updateFrame } from '../wire/frames.ts'
import type { RoomEntry } from './judging.ts'
import type { Seat } from './seat.ts'

/** So many pure listeners pay for merging a batch of updates into one frame. */
const LISTENERS_WORTH_MERGING = 8

/**
 * Shows entries to everybody but their senders, who have them and get what was put right of them. Each frame is made once, however many
 * sockets it goes to; whoever wrote nothing of the batch gets it as one.
 */
export function showTo(seats: ReadonlySet<Seat>, entries: readonly RoomEntry[]): void {
  const senders = new Set(entries.map((entry) => entry.sender))
  const frames = entries.map((entry) => updateFrame(entry.data))
  const merging = entries.length > 1 && seats.size - senders.size >= LISTENERS_WORTH_MERGING
  const merged = merging ? [updateFrame(Y.mergeUpdates(entries.map((entry) => entry.data)))] : frames
  // A socket that is closed for being slow leaves the set while it is walked: Set allows that.
  for (const seat of seats) {
    if (!senders.has(seat)) for (const frame of merged) seat.send(frame)
    else {
      for (const [index, entry] of entries.entries()) {
        const frame = frames[index]
        if (entry.sender !== seat && frame) seat.send(frame)
        else if (entry.sender === seat && entry.correction) {
          seat.send(updateFrame(entry.correction.update))
          if (entry.correction.refused) seat.send(deniedFrame(DENIED.corrected))
        }
      }
    }
  }
}
