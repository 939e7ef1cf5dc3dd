import type { DraftId } from '#lib/domain/ids.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { type Command, type Live, refusalOf, step } from '#lib/domain/review/machine.ts'
import type { Transaction } from '#server/db/database.ts'
import type { Frozen } from '#server/history/port.ts'
import type { Parts } from './parts.ts'
import { keepStep } from './stages.ts'
import { findStanding, liveOf, type Standing } from './standing.ts'
import { type DraftRow, findProjectedSeq, lockDraft } from './store.ts'
import type { ReviewRefusal } from './types.ts'

/** A draft whose turn it is: nobody else decides about it until the transaction ends. */
type Turn = {
  readonly tx: Transaction
  readonly draft: DraftRow
  readonly standing: Standing
  /** Before the decision, with what has become of text, rules and people since the last one. */
  readonly before: Live
}

export type Decided = Turn & { readonly after: Live }

type ByActor = Extract<Command, { readonly by: unknown }>

/** How often a text is frozen anew that was written further before its turn came. */
const ATTEMPTS = 5

/**
 * Decides about exactly what a draft says now. The text is frozen outside of the transaction, for its room must be
 * able to commit meanwhile; an edit that became known before the draft’s turn makes it freeze again, and one that
 * comes later finds the decision and is judged by it (watch.ts).
 *
 * @param carryOut writes what goes with the decision: the stage is written after it
 */
export async function decideOnText<T>(
  parts: Parts,
  id: DraftId,
  command: ByActor,
  carryOut: (decided: Decided, frozen: Frozen) => Promise<T>,
): Promise<Result<T, ReviewRefusal>> {
  const refusal = refusalOf(command, false)
  if (refusal) return fail(refusal)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const frozen = await parts.revisions.freeze(id)
    if (!frozen.ok) return frozen
    const outcome = await inTurn(parts, id, frozen.value, (turn) =>
      decide(parts, turn, command, (decided) => carryOut(decided, frozen.value)),
    )
    if (outcome !== 'late') return outcome
  }
  return fail('contentChanged')
}

/** Decides what does not depend on the text, and so needs no room. */
export async function decideOnStage<T>(
  parts: Parts,
  id: DraftId,
  command: ByActor,
  carryOut: (decided: Decided) => Promise<T>,
): Promise<Result<T, ReviewRefusal>> {
  const refusal = refusalOf(command, false)
  if (refusal) return fail(refusal)
  const outcome = await inTurn(parts, id, null, (turn) => decide(parts, turn, command, carryOut))
  return outcome === 'late' ? fail('contentChanged') : outcome
}

/** Looks again at text, rules and people as the rows have them, and lets the stage follow. */
export async function reconsider(parts: Parts, id: DraftId): Promise<void> {
  await inTurn(parts, id, null, async () => ok(undefined))
}

/** @param frozen null: what the row says is what counts */
async function inTurn<T>(
  parts: Parts,
  id: DraftId,
  frozen: Frozen | null,
  work: (turn: Turn) => Promise<Result<T, ReviewRefusal>>,
): Promise<Result<T, ReviewRefusal> | 'late'> {
  return parts.database.orm.transaction(async (tx) => {
    const draft = await lockDraft(tx, id)
    if (!draft) return fail('missing')
    if (draft.archivedAt !== null) return fail('archived')
    if (frozen && frozen.hash !== draft.hash && (await findProjectedSeq(tx, id)) > frozen.seq) return 'late'
    const standing = await findStanding(tx, parts.revisions, draft, frozen?.hash ?? draft.hash)
    const from = liveOf(draft.stage, standing.facts)
    const seen = step(from, { type: 'edited', now: standing.facts })
    if (!seen.ok || seen.value.stage === 'archived') throw new Error('a look at a draft was refused')
    await keepStep(parts, { tx, draft, standing }, { from, to: seen.value, by: null })
    return work({ tx, draft, standing, before: seen.value })
  })
}

/** A refusal leaves what the look before it found: an approval that is lost is lost all the same. */
async function decide<T>(
  parts: Parts,
  turn: Turn,
  command: ByActor,
  carryOut: (decided: Decided) => Promise<T>,
): Promise<Result<T, ReviewRefusal>> {
  const next = step(turn.before, command)
  if (!next.ok) return next
  if (next.value.stage === 'archived') throw new Error('a draft is archived by server/drafts')
  const after = next.value
  const done = await carryOut({ ...turn, after })
  await keepStep(parts, turn, { from: turn.before, to: after, by: command.by.volunteerId })
  return ok(done)
}
