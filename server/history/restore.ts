import { restoreText } from '#lib/documents/draft/restore.ts'
import { textHash } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { RevisionId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { record } from '#server/audit/record.ts'
import type { Orm } from '#server/db/database.ts'
import type { HoldDocument } from '#server/sync/ports.ts'
import { frozenOf, type Seen, see } from './freeze.ts'
import { wordingOf } from './keep.ts'
import type { Frozen, Revisions } from './port.ts'
import { findNewest, type RevisionRow, rewriteRevision } from './store.ts'

type Parts = { readonly orm: Orm; readonly hold: HoldDocument; readonly revisions: Revisions }
type Restored = Result<{ readonly before: RevisionId | null }, 'missing' | 'unavailable'>

/** Makes a draft say again what a revision said. The caller has asked `can()`. */
export async function restoreRevision(parts: Parts, actor: Actor, revision: RevisionRow): Promise<Restored> {
  const { orm, hold, revisions } = parts
  const frozen = await revisions.freeze(revision.draftId)
  if (!frozen.ok) return frozen
  if (frozen.value.hash === revision.hash) return ok({ before: null })
  // Written down first: a deed without its decision would be worse than a decision that was not carried out.
  const before = await keepBefore(parts, actor, revision, frozen.value)
  const held = await hold(draftDocument(revision.draftId))
  if (!held.ok) return held
  try {
    const replaced: Seen[] = []
    const committed = await held.value.edit(actor.volunteerId, (doc) => {
      replaced.push(see(doc, frozen.value.seq))
      restoreText(doc, revision)
    })
    const [seen] = replaced
    if (!committed || !seen) return fail('unavailable')
    // Others went on typing until the very turn: what was kept says now what was replaced, to the letter.
    if (before.own && textHash(seen.text) !== frozen.value.hash) {
      const exact = wordingOf(await frozenOf(orm, revision.draftId, seen))
      await rewriteRevision(orm, before.id, exact)
    }
    return ok({ before: before.id })
  } finally {
    held.value.release()
  }
}

type Before = { readonly id: RevisionId; readonly own: boolean }

function keepBefore(
  { orm, revisions }: Parts,
  actor: Actor,
  revision: RevisionRow,
  frozen: Frozen,
): Promise<Before> {
  const { draftId } = revision
  return orm.transaction(async (tx): Promise<Before> => {
    const id = await revisions.keep(tx, { draftId, frozen, kind: 'beforeRestore', by: actor.volunteerId })
    await record(tx, { by: actor.volunteerId, action: 'revision.restored', draftId, revisionId: revision.id })
    const [newest] = await findNewest(tx, draftId)
    return { id, own: newest?.id === id }
  })
}
