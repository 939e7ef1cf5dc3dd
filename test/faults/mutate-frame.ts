import * as Y from 'yjs'
import { editAtRandom } from '#test/fuzz/fuzz-edits.ts'
import type { Random } from '#test/fuzz/random.ts'
import {
  awarenessMessage,
  barrier,
  frame,
  stepOne,
  stepTwo,
  updateMessage,
} from '#test/server/sync/room-harness.ts'

/** So many frames are made from one document before another one is begun. */
const A_DOCUMENT = 50

let author = new Y.Doc()
let updates: Uint8Array[] = []
let made = 0

function nextUpdate(random: Random): Uint8Array {
  if (made % A_DOCUMENT === 0) {
    author = new Y.Doc()
    author.clientID = 1 + random.below(2 ** 32 - 1)
    updates = []
    author.on('update', (update: Uint8Array) => updates.push(update))
  }
  made += 1
  editAtRandom(author, random)
  return updates.length > 0 ? random.pick(updates) : Y.encodeStateAsUpdate(author)
}

/** A frame as clients send it. */
function honest(random: Random): Uint8Array {
  const dice = random.below(10)
  if (dice < 5) return updateMessage(nextUpdate(random))
  if (dice === 5) return stepTwo(nextUpdate(random))
  if (dice === 6) return stepOne(Y.encodeStateVector(author))
  if (dice === 7) return barrier(random.below(1000))
  if (dice === 8) return awarenessMessage([author.clientID, random.below(100), '{"cursor":null}'])
  return frame(3)
}

/** One with some of its bytes changed, put in, left out or repeated; one in five stays as it was. */
export function mutated(random: Random): Uint8Array {
  const bytes = [...honest(random)]
  for (let times = random.below(5); times > 0; times -= 1) {
    const at = random.below(bytes.length + 1)
    const action = random.below(5)
    if (action === 0) bytes[at] = random.below(256)
    else if (action === 1) bytes.splice(at, 0, random.below(256))
    else if (action === 2) bytes.splice(at, 1 + random.below(3))
    else if (action === 3) bytes[at] = ((bytes[at] ?? 0) + (random.chance(0.5) ? 1 : 255)) % 256
    else bytes.splice(at, 0, ...bytes.slice(random.below(at + 1), at))
  }
  return Uint8Array.from(bytes)
}
