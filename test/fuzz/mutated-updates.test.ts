import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import { applyAll } from '#server/sync/room/document-state.ts'
import { inspectUpdate } from '#server/sync/room/inspect-update.ts'
import { FIRST_SEED, runsOr } from '#test/support/chance.ts'
import { editAtRandom } from './fuzz-edits.ts'
import { type Random, randomFrom } from './random.ts'

const SEEDS = runsOr(200)
const FROM = FIRST_SEED
const MUTATIONS = 60

/** Flips, inserts, removes, repeats or copies bytes: mostly nonsense, now and then something that decodes. */
function mutate(update: Uint8Array, random: Random): Uint8Array {
  const bytes = [...update]
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
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

function play(seed: number): { taken: number; refused: number } {
  const random = randomFrom(seed)
  const room = new Y.Doc()
  const author = new Y.Doc()
  author.clientID = seed
  const updates: Uint8Array[] = []
  author.on('update', (update: Uint8Array) => updates.push(update))
  for (let edit = 0; edit < 20; edit += 1) editAtRandom(author, random)
  const logged = updates.slice(0, 12)
  applyAll(room, logged)
  let taken = 0
  let refused = 0
  for (let mutation = 0; mutation < MUTATIONS; mutation += 1) {
    const update = mutate(random.pick(updates), random)
    const verdict = inspectUpdate(update, room, draftKind, {
      clientsPerUpdate: 100,
      suggestionsPerUpdate: 100,
    })
    if (verdict.kind !== 'news') refused += 1
    else {
      taken += 1
      // What inspection lets through, Yjs must be able to integrate, to send and to load again. (That all
      // copies then agree cannot be had: whoever lies about neighbours gets Yjs to put them differently.)
      logged.push(update)
      applyAll(room, [update])
      draftKind.read(room)
      const again = new Y.Doc()
      applyAll(again, [Y.encodeStateAsUpdate(room)])
      draftKind.read(again)
    }
  }
  const loaded = new Y.Doc()
  applyAll(loaded, logged)
  draftKind.read(loaded)
  return { taken, refused }
}

test(
  `R1: no update that passes inspection breaks a document (${SEEDS} seeds of ${MUTATIONS} mutated updates)`,
  () => {
    const total = { taken: 0, refused: 0 }
    for (let seed = FROM; seed < FROM + SEEDS; seed += 1) {
      try {
        const { taken, refused } = play(seed)
        total.taken += taken
        total.refused += refused
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error })
      }
    }
    expect(total.taken).toBeGreaterThan(SEEDS)
    expect(total.refused).toBeGreaterThan(SEEDS)
  },
  60_000 + SEEDS * 300,
)
