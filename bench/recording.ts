import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

const SYNC = 0
const AWARENESS = 1
const STEP_1 = 0

/** One character that a writer sent, and when: milliseconds of `performance.now()`. */
export type Edit = {
  readonly document: number
  readonly client: number
  readonly clock: number
  readonly sentAt: number
}

/**
 * What listeners received, written down untouched: decoding waits until the clock has stopped, so that
 * reading costs the machine as little as it can and takes nothing from the server under measurement.
 */
export type Recording = {
  note(listener: number, frame: Uint8Array): void
  /** Forgets what came so far, at the end of a warm-up. */
  clear(): void
  entries(): Iterable<{ readonly listener: number; readonly at: number; readonly frame: Uint8Array }>
}

export function startRecording(): Recording {
  let bytes = new Uint8Array(4 * 1024 * 1024)
  let used = 0
  const listeners: number[] = []
  const times: number[] = []
  const ends: number[] = []
  return {
    note(listener, frame) {
      if (used + frame.byteLength > bytes.byteLength) {
        const larger = new Uint8Array(2 * (used + frame.byteLength))
        larger.set(bytes.subarray(0, used))
        bytes = larger
      }
      bytes.set(frame, used)
      used += frame.byteLength
      listeners.push(listener)
      times.push(performance.now())
      ends.push(used)
    },
    clear() {
      used = 0
      listeners.length = 0
      times.length = 0
      ends.length = 0
    },
    *entries() {
      for (const [index, listener] of listeners.entries()) {
        const frame = bytes.subarray(ends[index - 1] ?? 0, ends[index])
        yield { listener, at: times[index] ?? Number.NaN, frame }
      }
    },
  }
}

export type Arrivals = {
  /** One entry an edit and listener, in milliseconds from the writer’s `send`. */
  readonly latencies: number[]
  /** Pairs of edit and listener that should have met and did not. */
  readonly missing: number
  /** Listeners that ended with an older caret of somebody than the last one sent. */
  readonly staleCarets: number
  readonly bytes: number
  readonly frames: number
}

type Sent = {
  readonly edits: readonly Edit[]
  /** The last awareness clock of each writer, by Yjs client, with its document. */
  readonly carets: ReadonlyMap<number, { readonly document: number; readonly clock: number }>
  /** Which document each listener joined. */
  readonly documentOf: readonly number[]
}

/** Compares what was sent with what came: an edit counts once for a listener, at its first arrival. */
export function readRecording(recording: Recording, sent: Sent): Arrivals {
  const indexOf = new Map(sent.edits.map(({ client, clock }, index) => [`${client}:${clock}`, index]))
  const seen = sent.documentOf.map(() => new Set<number>())
  const carets = sent.documentOf.map(() => new Map<number, number>())
  const latencies: number[] = []
  let bytes = 0
  let frames = 0
  for (const { listener, at, frame } of recording.entries()) {
    bytes += frame.byteLength
    frames += 1
    const mine = seen[listener]
    if (!mine) continue
    for (const [client, clock] of readFrame(frame, carets[listener])) {
      const index = indexOf.get(`${client}:${clock}`)
      const edit = index === undefined ? undefined : sent.edits[index]
      if (index === undefined || !edit || mine.has(index)) continue
      mine.add(index)
      latencies.push(at - edit.sentAt)
    }
  }
  const inDocument = (document: number) => sent.documentOf.filter((joined) => joined === document).length
  const listenersOf = new Map([...new Set(sent.documentOf)].map((one) => [one, inDocument(one)]))
  const expected = sent.edits.reduce((sum, { document }) => sum + (listenersOf.get(document) ?? 0), 0)
  const staleCarets = sent.documentOf.reduce((sum, document, listener) => {
    const late = [...sent.carets].filter(
      ([client, caret]) => caret.document === document && carets[listener]?.get(client) !== caret.clock,
    )
    return sum + late.length
  }, 0)
  return { latencies, missing: expected - latencies.length, staleCarets, bytes, frames }
}

/** @returns client and clock of every character in an update; notes the carets of an awareness frame. */
function readFrame(frame: Uint8Array, carets: Map<number, number> | undefined): [number, number][] {
  const decoder = decoding.createDecoder(frame)
  const type = decoding.readVarUint(decoder)
  if (type === AWARENESS) {
    const states = decoding.createDecoder(decoding.readVarUint8Array(decoder))
    for (let left = decoding.readVarUint(states); left > 0; left -= 1) {
      const client = decoding.readVarUint(states)
      carets?.set(client, decoding.readVarUint(states))
      decoding.readVarString(states)
    }
    return []
  }
  if (type !== SYNC || decoding.readVarUint(decoder) === STEP_1) return []
  const found: [number, number][] = []
  for (const struct of Y.decodeUpdate(decoding.readVarUint8Array(decoder)).structs) {
    // A server may join several keys of one writer into one struct: each of them has arrived.
    if (struct instanceof Y.Skip) continue
    for (let offset = 0; offset < struct.length; offset += 1) {
      found.push([struct.id.client, struct.id.clock + offset])
    }
  }
  return found
}
