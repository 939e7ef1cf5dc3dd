import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { type Tongue, tongueOf } from '../wire/messages.ts'
import type { Entrance } from '../wire/socket.ts'
import { type EditId, inserted, removed } from './typist.ts'

/** One edit that a writer sent, and when: milliseconds of `performance.now()`. */
export type Edit = { readonly document: number; readonly id: EditId; readonly sentAt: number }

/**
 * What listeners received, written down untouched: decoding waits until the clock has stopped, so that
 * reading costs the machine as little as it can and takes nothing from the server under measurement.
 */
export type Recording = {
  note(listener: number, message: Uint8Array): void
  /** Forgets what came so far, at the end of a warm-up. */
  clear(): void
  entries(): Iterable<{ readonly listener: number; readonly at: number; readonly message: Uint8Array }>
}

export function startRecording(): Recording {
  let bytes = new Uint8Array(4 * 1024 * 1024)
  let used = 0
  const listeners: number[] = []
  const times: number[] = []
  const ends: number[] = []
  return {
    note(listener, message) {
      if (used + message.byteLength > bytes.byteLength) {
        const larger = new Uint8Array(2 * (used + message.byteLength))
        larger.set(bytes.subarray(0, used))
        bytes = larger
      }
      bytes.set(message, used)
      used += message.byteLength
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
        const message = bytes.subarray(ends[index - 1] ?? 0, ends[index])
        yield { listener, at: times[index] ?? Number.NaN, message }
      }
    },
  }
}

export type Sent = {
  readonly edits: readonly Edit[]
  /** The last awareness clock of each writer, by Yjs client, with its document. */
  readonly carets: ReadonlyMap<number, { readonly document: number; readonly clock: number }>
}

/** Who listened: to which document, through which door; `client` is the Yjs client of one that writes, too. */
export type Ear = { readonly document: number; readonly door: Entrance; readonly client: number | null }

export type Arrivals = {
  /** One entry an edit and listener, in milliseconds from the writer’s `send`. */
  readonly latencies: readonly number[]
  /** Pairs of edit and listener that should have met and did not. */
  readonly missing: number
  /** Listeners that ended with an older caret of somebody than the last one sent. */
  readonly staleCarets: number
}

/** Compares what was sent with what came: an edit counts once for a listener, at its first arrival. */
export function readRecording(recording: Recording, sent: Sent, ears: readonly Ear[]): Arrivals {
  const sentAt = new Map(sent.edits.map((edit) => [edit.id, edit]))
  const seen = ears.map(() => new Set<EditId>())
  const carets = ears.map(() => new Map<number, number>())
  const tongues = ears.map(({ door }) => tongueOf(door))
  const latencies: number[] = []
  for (const { listener, at, message } of recording.entries()) {
    const [mine, tongue, mostRecent] = [seen[listener], tongues[listener], carets[listener]]
    if (!mine || !tongue || !mostRecent) continue
    for (const id of readMessage(message, tongue, mostRecent)) {
      const edit = sentAt.get(id)
      // Some servers send an edit back to its author, too: that is nobody’s wait.
      if (!edit || mine.has(id) || isOwn(id, ears[listener])) continue
      mine.add(id)
      latencies.push(at - edit.sentAt)
    }
  }
  let expected = 0
  const editsOf = Map.groupBy(sent.edits, ({ document }) => document)
  for (const ear of ears) {
    for (const { id } of editsOf.get(ear.document) ?? []) if (!isOwn(id, ear)) expected += 1
  }
  const staleCarets = ears.reduce((sum, ear, listener) => {
    const late = [...sent.carets].filter(
      ([client, { document, clock }]) =>
        document === ear.document && client !== ear.client && (carets[listener]?.get(client) ?? 0) < clock,
    )
    return sum + late.length
  }, 0)
  return { latencies, missing: expected - latencies.length, staleCarets }
}

const isOwn = (id: EditId, ear: Ear | undefined) => ear?.client != null && id.startsWith(`${ear.client}:`)

/** @returns every change of a character in an update; notes the carets of an awareness message. */
function readMessage(message: Uint8Array, tongue: Tongue, carets: Map<number, number>): EditId[] {
  const heard = tongue.read(message)
  if (heard.type === 'awareness') {
    const states = decoding.createDecoder(heard.states)
    for (let left = decoding.readVarUint(states); left > 0; left -= 1) {
      const client = decoding.readVarUint(states)
      carets.set(client, decoding.readVarUint(states))
      decoding.readVarString(states)
    }
  }
  return heard.type === 'update' ? editsIn(heard.update) : []
}

/** A server may join several keys of one writer into one struct: each of them has arrived. */
export function editsIn(update: Uint8Array): EditId[] {
  const found: EditId[] = []
  const { structs, ds } = Y.decodeUpdate(update)
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue
    for (let offset = 0; offset < struct.length; offset += 1) {
      found.push(inserted(struct.id.client, struct.id.clock + offset))
    }
  }
  for (const [client, gone] of ds.clients) {
    for (const { clock, len } of gone) {
      for (let offset = 0; offset < len; offset += 1) found.push(removed(client, clock + offset))
    }
  }
  return found
}
