import type * as Y from 'yjs'
import { clientsOf, type Hands, handsOf, passagesOf } from '#lib/documents/draft/passages.ts'
import { textHash, textOf } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftText } from '#lib/domain/body.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { fail, ok } from '#lib/domain/result.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import type { HoldDocument } from '#server/sync/ports.ts'
import type { Freeze, Frozen } from './port.ts'
import { findHead, findVolunteersBehind } from './store.ts'

/** What one turn of a room saw; `seq` is a lower bound of what is in it. */
export type Seen = { readonly text: DraftText; readonly hands: Hands; readonly seq: number }

export const see = (doc: Y.Doc, seq: number): Seen => ({ text: textOf(doc), hands: handsOf(doc), seq })

/** Names who wrote what was seen, once all of it is committed: from then on the client ids have their volunteers. */
export async function frozenOf(
  orm: Orm | Transaction,
  id: DraftId,
  { text, hands, seq }: Seen,
): Promise<Frozen> {
  const volunteers = await findVolunteersBehind(orm, id, clientsOf(hands))
  const passages = passagesOf(text, hands, (client) => volunteers.get(client) ?? null)
  return { text, hash: textHash(text), seq, passages }
}

/** @param hold null in a process without rooms */
export function createFreeze(orm: Orm, hold: HoldDocument | null): Freeze {
  return async (id) => {
    if (!hold) return fail('unavailable')
    // Read before the turn: what is committed in between is in the text, and is asked about once too often.
    const seq = await findHead(orm, id)
    if (seq === null) return fail('missing')
    const held = await hold(draftDocument(id))
    if (!held.ok) return held
    try {
      if (!(await held.value.reach(seq))) return fail('unavailable')
      const seen: Seen[] = []
      const committed = await held.value.edit(null, (doc) => {
        seen.push(see(doc, seq))
      })
      const [first] = seen
      return committed && first ? ok(await frozenOf(orm, id, first)) : fail('unavailable')
    } finally {
      held.value.release()
    }
  }
}
