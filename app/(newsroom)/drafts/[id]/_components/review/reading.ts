import type { Doc, Transaction } from 'yjs'
import { type Cell, cell } from '#app/_collab/cell.ts'
import { textHash, textOf } from '#lib/documents/draft/text.ts'
import type { DraftText } from '#lib/domain/body.ts'

/** How long after the last change the text is looked at again; milliseconds. */
const QUIET_MS = 300

type Read = { readonly text: DraftText; readonly hash: string }

export type Reading = Cell<{
  /** What was read. */
  readonly base: Read
  /** Others have changed it since. */
  readonly changed: boolean
}> & {
  /** The text as it is now has been read. */
  catchUp(): void
  close(): void
}

function read(doc: Doc): Read {
  const text = textOf(doc)
  return { text, hash: textHash(text) }
}

/**
 * What somebody who reviews has read: the text when the reading began, and whether others have changed it since.
 * One’s own edits are read while they are made.
 */
export function openReading(doc: Doc): Reading {
  const state = cell<{ readonly base: Read; readonly changed: boolean }>({ base: read(doc), changed: false })
  let byOthers = false
  let timer: ReturnType<typeof setTimeout> | null = null

  const look = () => {
    timer = null
    const now = read(doc)
    const { base } = state.get()
    // Changed and changed back is unchanged.
    const same = now.hash === base.hash
    if (same) byOthers = false
    state.set({ base: byOthers ? base : now, changed: byOthers })
  }
  const onUpdate = (_bytes: Uint8Array, _origin: unknown, _doc: Doc, transaction: Transaction) => {
    if (!transaction.local) byOthers = true
    if (timer) clearTimeout(timer)
    timer = setTimeout(look, QUIET_MS)
  }
  doc.on('update', onUpdate)
  return {
    get: state.get,
    subscribe: state.subscribe,
    catchUp() {
      byOthers = false
      state.set({ base: read(doc), changed: false })
    },
    close() {
      if (timer) clearTimeout(timer)
      doc.off('update', onUpdate)
    },
  }
}
