import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, exists, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import {
  approvedRevisions,
  calendarSlots,
  documents,
  documentUpdates,
  drafts,
  reviewReviewers,
  reviews,
  revisions,
  verdicts,
  volunteers,
} from '#drizzle/schema/index.ts'
import { readSlot } from '#lib/documents/calendar/fields.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import type { DraftId, ReviewId, RevisionId, VerdictId, VolunteerId } from '#lib/domain/ids.ts'
import { can, type Role } from '#lib/domain/permissions.ts'
import { isHeld, isUnderReview, STAGES, type Stage } from '#lib/domain/review/stage.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

type Connection = Orm | Transaction

export type DraftRow = NonNullable<Awaited<ReturnType<typeof findDraft>>>

const draftColumns = {
  id: drafts.id,
  stage: drafts.stage,
  hash: drafts.contentHash,
  archivedAt: drafts.archivedAt,
  createdBy: drafts.createdBy,
  lastEditor: drafts.lastEditorId,
}

export async function findDraft(orm: Connection, id: DraftId) {
  const [row] = await orm.select(draftColumns).from(drafts).where(eq(drafts.id, id))
  return row ?? null
}

/** Stages that a verdict, or asking for one, has something to do with. */
const REVIEWED = STAGES.filter((stage) => stage !== 'idea' && stage !== 'drafting')

/** Those of these drafts that somebody has asked about, or decided about. */
export async function findReviewed(orm: Connection, ids: readonly DraftId[]): Promise<ReadonlySet<DraftId>> {
  const rows = await orm
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(inArray(drafts.id, [...ids]), inArray(drafts.stage, REVIEWED)))
  return new Set(rows.map(({ id }) => id))
}

/** All that is decided about one draft waits here for its turn. References to its row may be made meanwhile. */
export async function lockDraft(tx: Transaction, id: DraftId): Promise<DraftRow | null> {
  const [row] = await tx.select(draftColumns).from(drafts).where(eq(drafts.id, id)).for('no key update')
  return row ?? null
}

/** Up to which update the row of a draft tells what it says. */
export async function findProjectedSeq(tx: Transaction, id: DraftId): Promise<number> {
  const [row] = await tx
    .select({ seq: documents.projectedSeq })
    .from(documents)
    .where(eq(documents.name, draftDocument(id)))
  return row?.seq ?? 0
}

export const writeStage = (tx: Transaction, id: DraftId, stage: Stage) =>
  tx.update(drafts).set({ stage }).where(eq(drafts.id, id))

/** The channels that a draft is planned for, in the past too. */
export async function findChannels(orm: Connection, id: DraftId): Promise<readonly Channel[]> {
  const rows = await orm
    .select({ id: calendarSlots.id, fields: calendarSlots.fields })
    .from(calendarSlots)
    .where(eq(calendarSlots.draftId, id))
    .orderBy(asc(calendarSlots.firstDay), asc(calendarSlots.id))
  const planned = rows.flatMap((row) => readSlot(row.id, Object.entries(row.fields))?.channels ?? [])
  return [...new Set(planned)]
}

export type VerdictRow = Awaited<ReturnType<typeof findVerdicts>>[number]

/** Those that were not taken back, oldest first, with what their authors are now. */
export async function findVerdicts(orm: Connection, id: DraftId) {
  const rows = await orm
    .select({ verdict: verdicts, role: volunteers.role, gone: volunteers.suspendedAt, seq: revisions.seq })
    .from(verdicts)
    .innerJoin(volunteers, eq(volunteers.id, verdicts.volunteerId))
    .innerJoin(revisions, eq(revisions.id, verdicts.revisionId))
    .where(and(eq(verdicts.draftId, id), isNull(verdicts.withdrawnAt)))
    .orderBy(asc(verdicts.at), asc(verdicts.id))
  return rows.map(({ verdict: { volunteerId: by, role: roleThen, ...verdict }, role, gone, seq }) => ({
    ...verdict,
    by,
    roleThen,
    role: gone === null ? role : null,
    seq,
  }))
}

export async function findVerdict(orm: Connection, id: VerdictId) {
  const [row] = await orm.select().from(verdicts).where(eq(verdicts.id, id))
  return row ?? null
}

export async function insertVerdict(
  tx: Transaction,
  verdict: Omit<typeof verdicts.$inferInsert, 'id' | 'at' | 'withdrawnAt'>,
): Promise<void> {
  // The clock, not the moment at which the transaction began: verdicts are in the order of their turns.
  await tx
    .insert(verdicts)
    .values({ ...verdict, id: randomUUID() as string as VerdictId, at: sql`clock_timestamp()` })
}

const inForce = (draft: DraftId, by: VolunteerId, hash: string): SQL | undefined =>
  and(
    eq(verdicts.draftId, draft),
    eq(verdicts.volunteerId, by),
    eq(verdicts.hash, hash),
    isNull(verdicts.withdrawnAt),
    sql`${verdicts.kind} <> 'override'`,
  )

/** Takes back what somebody decided on a text; an emergency stays. */
export const withdrawVerdicts = (tx: Transaction, draft: DraftId, by: VolunteerId, hash: string) =>
  tx
    .update(verdicts)
    .set({ withdrawnAt: sql`clock_timestamp()` })
    .where(inForce(draft, by, hash))

/** Oldest first. */
export async function findApproved(orm: Connection, id: DraftId) {
  const rows = await orm
    .select()
    .from(approvedRevisions)
    .where(eq(approvedRevisions.draftId, id))
    .orderBy(asc(approvedRevisions.at), asc(approvedRevisions.revisionId))
  return rows.map((row) => ({ ...row, id: row.revisionId, published: row.publishedAt !== null }))
}

type Approved = {
  readonly revisionId: RevisionId
  readonly draftId: DraftId
  readonly hash: string
  readonly seq: number
  readonly writers: readonly VolunteerId[]
  readonly since: RevisionId | null
  readonly publishedAt?: SQL
}

export async function keepApproved(tx: Transaction, approved: Approved): Promise<void> {
  const { seq, writers, since, publishedAt } = approved
  const at = sql`clock_timestamp()`
  const again = { seq, writers, since, at, ...(publishedAt && { publishedAt }) }
  await tx
    .insert(approvedRevisions)
    .values({ ...approved, at })
    .onConflictDoUpdate({ target: approvedRevisions.revisionId, set: again })
}

/** A revision whose approval was taken back was, after all, never approved. */
export const forgetApproved = (tx: Transaction, draft: DraftId, hash: string) =>
  tx
    .delete(approvedRevisions)
    .where(
      and(
        eq(approvedRevisions.draftId, draft),
        eq(approvedRevisions.hash, hash),
        isNull(approvedRevisions.publishedAt),
      ),
    )

export type Round = NonNullable<Awaited<ReturnType<typeof findRound>>>

/** The open round of a draft. */
export async function findRound(orm: Connection, id: DraftId) {
  const [round] = await orm
    .select()
    .from(reviews)
    .where(and(eq(reviews.draftId, id), isNull(reviews.closedAt)))
  if (!round) return null
  const reviewers = await orm
    .select({ id: reviewReviewers.volunteerId })
    .from(reviewReviewers)
    .where(eq(reviewReviewers.reviewId, round.id))
  return { ...round, reviewers: reviewers.map((row) => row.id) }
}

export async function openRound(
  tx: Transaction,
  round: Pick<Round, 'draftId' | 'askedBy' | 'note' | 'anybody'>,
): Promise<ReviewId> {
  const id = randomUUID() as string as ReviewId
  await tx.insert(reviews).values({ ...round, id })
  return id
}

export const widenRound = (tx: Transaction, id: ReviewId, round: Pick<Round, 'note' | 'anybody'>) =>
  tx.update(reviews).set(round).where(eq(reviews.id, id))

export async function addReviewers(tx: Transaction, id: ReviewId, ids: readonly VolunteerId[]) {
  if (ids.length === 0) return
  const rows = ids.map((volunteerId) => ({ reviewId: id, volunteerId }))
  await tx.insert(reviewReviewers).values(rows).onConflictDoNothing()
}

export const closeRound = (tx: Transaction, id: DraftId) =>
  tx
    .update(reviews)
    .set({ closedAt: sql`now()` })
    .where(and(eq(reviews.draftId, id), isNull(reviews.closedAt)))

/** Those who were asked last are asked still: what they approved is not there any more. */
export async function reopenRound(tx: Transaction, id: DraftId): Promise<void> {
  if (await findRound(tx, id)) return
  const [last] = await tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(eq(reviews.draftId, id))
    .orderBy(desc(reviews.askedAt), desc(reviews.id))
    .limit(1)
  if (last) await tx.update(reviews).set({ closedAt: null }).where(eq(reviews.id, last.id))
}

/** Everybody here whose verdict would count. */
export async function findJudges(orm: Connection): Promise<readonly VolunteerId[]> {
  const rows: readonly { id: VolunteerId; role: Role }[] = await orm
    .select({ id: volunteers.id, role: volunteers.role })
    .from(volunteers)
    .where(isNull(volunteers.suspendedAt))
  return rows
    .filter(({ id, role }) => can({ volunteerId: id, role }, 'review.judge', { archived: false }))
    .map(({ id }) => id)
}

const UNDER_REVIEW_OR_HELD = STAGES.filter((stage) => isUnderReview(stage) || isHeld(stage))

/** Drafts that verdicts keep at their stage; with `by`, those on which that volunteer gave one. */
export async function findJudged(orm: Orm, by: VolunteerId | null): Promise<readonly DraftId[]> {
  const judged = by && orm.select({ one: sql`1` }).from(verdicts)
  const rows = await orm
    .select({ id: drafts.id })
    .from(drafts)
    .where(
      and(
        inArray(drafts.stage, UNDER_REVIEW_OR_HELD),
        isNull(drafts.archivedAt),
        judged
          ? exists(judged.where(and(eq(verdicts.draftId, drafts.id), eq(verdicts.volunteerId, by))))
          : undefined,
      ),
    )
  return rows.map((row) => row.id)
}

/** Who wrote last, as far as rows tell. */
export async function findLastWriter(tx: Transaction, id: DraftId): Promise<VolunteerId | null> {
  const { rows } = await tx.execute<{ volunteer_id: VolunteerId }>(sql`
    select volunteer_id from ${documentUpdates}
    where document = ${draftDocument(id)} and volunteer_id is not null order by seq desc limit 1`)
  return rows[0]?.volunteer_id ?? null
}
