import { setTimeout as sleep } from 'node:timers/promises'
import type { Edit, Sent } from './recording.ts'
import type { Rhythm } from './rhythm.ts'
import type { Typist } from './typist.ts'

export type Place = { readonly document: number; readonly typist: Typist }

/**
 * An open loop: when a key is due it is struck, whatever the server has answered, so a server that stalls
 * does not slow the writers that measure it. @returns what was sent, and how late each key was, in ms
 */
export async function typeAll(
  places: readonly Place[],
  rhythm: Rhythm,
  goOn: () => boolean = () => true,
): Promise<Sent & { readonly late: readonly number[] }> {
  const edits: Edit[] = []
  const carets = new Map<number, { document: number; clock: number }>()
  const late: number[] = []
  const started = performance.now()
  for (let next = 0; next < rhythm.length && goOn(); ) {
    const now = performance.now() - started
    for (let key = rhythm[next]; key && key.at <= now; key = rhythm[++next]) {
      const place = places[key.writer]
      if (!place) throw new Error(`nobody is writer ${key.writer}`)
      const { document, typist } = place
      const sentAt = performance.now()
      const { edit, caret } = typist.type()
      edits.push({ document, id: edit, sentAt })
      carets.set(typist.client, { document, clock: caret })
      late.push(sentAt - started - key.at)
    }
    await sleep(1)
  }
  return { edits, carets, late }
}
