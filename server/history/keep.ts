import { canonicalText, plainTextOf } from '#lib/documents/draft/text.ts'
import { isUnderWay } from '#lib/domain/history/session.ts'
import { countText } from '#lib/domain/text.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Frozen, Revisions } from './port.ts'
import {
  findNewest,
  findNewestMade,
  findWritersSince,
  insertRevision,
  type RevisionRow,
  rewriteRevision,
  takeTurn,
} from './store.ts'

/** The columns that say what was said. */
export function wordingOf({ text, hash, seq, passages }: Frozen) {
  const { title, body } = text
  const { words } = countText(plainTextOf(canonicalText(text).body))
  return { title, body, hash, seq, passages, wordCount: words }
}

/** Whether what is written at `moment` goes into this revision. What a draft began with stays as it is. */
export const goesOn = (row: RevisionRow | undefined, moment: Date): row is RevisionRow =>
  row?.kind === 'session' && row.seq > 1 && isUnderWay(row, moment)

export function createKeep(events: Pick<EventPort, 'publish'>): Revisions['keep'] {
  return async (tx, { draftId, frozen, kind, by, name = null }) => {
    if (!(await takeTurn(tx, draftId))) throw new Error('a revision was to be kept of a draft that is gone')
    const made = await findNewestMade(tx, draftId)
    const same = made?.hash === frozen.hash && made.kind === kind && (kind !== 'named' || made.name === name)
    if (made && same) return made.id
    const [newest, before] = await findNewest(tx, draftId)
    // The editing session that this ends becomes it: one line of the timeline, under the id that a page may have open.
    const session = goesOn(newest, new Date()) ? newest : null
    const since = session ? before : newest
    const authors = await findWritersSince(tx, draftId, since?.seq ?? 0)
    const row = { ...wordingOf(frozen), kind, name, authors, createdBy: by, createdAt: new Date() }
    if (session) await rewriteRevision(tx, session.id, row)
    const { id } = session ?? (await insertRevision(tx, { ...row, draftId }))
    await events.publish({ type: 'history.changed', draftId }, tx)
    return id
  }
}
