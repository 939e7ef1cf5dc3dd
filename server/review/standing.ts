import type { Channel } from '#lib/domain/channels/channels.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { type ApprovedRevision, writersFrom } from '#lib/domain/review/approved.ts'
import type { Facts, Live } from '#lib/domain/review/machine.ts'
import { requirement } from '#lib/domain/review/requirement.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { Transaction } from '#server/db/database.ts'
import type { Revisions } from '#server/history/port.ts'
import { readSettings } from './settings.ts'
import { type DraftRow, findApproved, findChannels, findVerdicts, type VerdictRow } from './store.ts'

/** Where a draft stands, read from rows in one transaction, for one text of it. */
export type Standing = {
  readonly facts: Facts
  readonly channels: readonly Channel[]
  readonly verdicts: readonly VerdictRow[]
  /** Oldest first. */
  readonly approved: readonly (ApprovedRevision & { readonly publishedAt: Date | null })[]
  /** From which approved revision on `facts.writers` are counted; null: from the first word. */
  readonly since: ApprovedRevision | null
  /** The text is one that was approved, and still is. */
  readonly isKnown: boolean
}

/** @param hash of what the draft says */
export async function findStanding(
  tx: Transaction,
  revisions: Pick<Revisions, 'writersSince'>,
  { id }: Pick<DraftRow, 'id'>,
  hash: string,
): Promise<Standing> {
  const settings = await readSettings(tx)
  const channels = await findChannels(tx, id)
  const verdicts = await findVerdicts(tx, id)
  const approved = await findApproved(tx, id)
  const mode = requirement(settings, channels)
  const origin = writersFrom(hash, { mode, verdicts, revisions: approved })
  const published = approved.findLast((revision) => revision.published)?.hash ?? null
  const since = origin.from === 'start' ? null : origin.revision
  const writers: readonly VolunteerId[] =
    origin.from === 'revision'
      ? origin.revision.writers
      : await revisions.writersSince(tx, id, since?.seq ?? 0)
  const facts = { hash, mode, writers, verdicts, published }
  return { facts, channels, verdicts, approved, since, isKnown: origin.from === 'revision' }
}

/** A draft that was called published before anybody wrote down what was: whatever it says is something else. */
export function liveOf(stage: Stage, facts: Facts): Live {
  return stage === 'published' ? { ...facts, stage, published: facts.published ?? '' } : { ...facts, stage }
}
