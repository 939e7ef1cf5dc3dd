import * as encoding from 'lib0/encoding'

/** Yjs client ids, and what is known of each; a state of null has left. */
type Entries = readonly (readonly [number, { readonly clock: number; readonly state: string | null }])[]

/** @returns a message as y-protocols’ awareness reads it */
export function encodeEntries(entries: Entries): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const [client, { clock, state }] of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, state ?? 'null')
  }
  return encoding.toUint8Array(encoder)
}
