import type { DraftId, RevisionId } from '#lib/domain/ids.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { RevisionHead } from '#lib/protocol/history.ts'
import { record } from '#server/audit/record.ts'
import type { Orm } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { HoldDocument } from '#server/sync/ports.ts'
import { goesOn } from './keep.ts'
import type { Revisions } from './port.ts'
import { restoreRevision } from './restore.ts'
import {
  findHeads,
  findPrevious,
  findRevision,
  findStanding,
  type RevisionRow,
  rewriteRevision,
  takeTurn,
} from './store.ts'
import { type History, type HistoryRefusal, MAX_NAME, PAGE_SIZE } from './types.ts'

type Parts = {
  readonly orm: Orm
  readonly events: Pick<EventPort, 'publish'>
  /** Null in a process without rooms. */
  readonly hold: HoldDocument | null
  readonly revisions: Revisions
  /** Writes down at once what a draft says, where an editing session is under way. */
  readonly settle: (id: DraftId) => Promise<void>
}

type HeadRow = Pick<RevisionRow, keyof RevisionHead>

const headOf = (row: HeadRow): RevisionHead => ({
  id: row.id,
  draftId: row.draftId,
  kind: row.kind,
  name: row.name,
  hash: row.hash,
  authors: row.authors,
  wordCount: row.wordCount,
  createdBy: row.createdBy,
  startedAt: row.startedAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
})

const mayRead = (actor: Actor) => can(actor, 'history.read', null) && can(actor, 'draft.read', null)
const tidyName = (name: string) => name.replace(/\s+/gu, ' ').trim().slice(0, MAX_NAME).trim()

async function nameNow(
  { orm, revisions }: Parts,
  actor: Actor,
  draftId: DraftId,
  given: string,
): Promise<Result<RevisionId, HistoryRefusal | 'nameMissing'>> {
  const standing = await findStanding(orm, draftId)
  if (!standing) return fail('missing')
  if (!can(actor, 'history.name', standing)) return fail('forbidden')
  const name = tidyName(given)
  if (name === '') return fail('nameMissing')
  const frozen = await revisions.freeze(draftId)
  if (!frozen.ok) return frozen
  const by = actor.volunteerId
  return orm.transaction(async (tx) => {
    const revisionId = await revisions.keep(tx, { draftId, frozen: frozen.value, kind: 'named', by, name })
    await record(tx, { by, action: 'revision.named', draftId, revisionId, detail: { name } })
    return ok(revisionId)
  })
}

async function rename(
  { orm, events }: Parts,
  actor: Actor,
  id: RevisionId,
  given: string,
): Promise<Result<void, 'forbidden' | 'missing'>> {
  const found = await findRevision(orm, id)
  const standing = found && (await findStanding(orm, found.draftId))
  if (!standing) return fail('missing')
  if (!can(actor, 'history.name', standing)) return fail('forbidden')
  const { draftId } = found
  const name = tidyName(given) || null
  const by = actor.volunteerId
  return orm.transaction(async (tx) => {
    await takeTurn(tx, draftId)
    const now = await findRevision(tx, id)
    if (!now) return fail('missing')
    if (now.name === name) return ok(undefined)
    // What somebody named is what they saw: the editing session is not written into it any more.
    const made = now.kind === 'session' && name !== null && { kind: 'named' as const, createdBy: by }
    await rewriteRevision(tx, id, { name, ...made })
    await record(tx, { by, action: 'revision.named', draftId, revisionId: id, detail: { name } })
    await events.publish({ type: 'history.changed', draftId }, tx)
    return ok(undefined)
  })
}

async function restore(parts: Parts, actor: Actor, id: RevisionId): ReturnType<History['restore']> {
  const { orm, hold, revisions } = parts
  const revision = await findRevision(orm, id)
  const standing = revision && (await findStanding(orm, revision.draftId))
  if (!standing) return fail('missing')
  if (!can(actor, 'draft.edit', standing)) return fail('forbidden')
  return hold ? restoreRevision({ orm, hold, revisions }, actor, revision) : fail('unavailable')
}

export function createHistory(parts: Parts): History {
  const { orm, revisions } = parts
  return {
    async list(actor, id, offset) {
      if (!mayRead(actor) || !(await findStanding(orm, id))) return fail('missing')
      const rows = await findHeads(orm, id, offset)
      return ok({ revisions: rows.slice(0, PAGE_SIZE).map(headOf), more: rows.length > PAGE_SIZE })
    },

    async open(actor, id) {
      const found = mayRead(actor) ? await findRevision(orm, id) : null
      const behind = found !== null && goesOn(found, new Date())
      if (behind) await parts.settle(found.draftId)
      const row = behind ? await findRevision(orm, id) : found
      if (!row) return fail('missing')
      const { title, body, passages } = row
      return ok({ ...headOf(row), title, body, passages, previous: await findPrevious(orm, row) })
    },

    async now(actor, id) {
      if (!mayRead(actor)) return fail('missing')
      const frozen = await revisions.freeze(id)
      if (!frozen.ok) return frozen
      const { text, hash, passages } = frozen.value
      return ok({ ...text, hash, passages })
    },

    name: (actor, id, name) => nameNow(parts, actor, id, name),
    rename: (actor, id, name) => rename(parts, actor, id, name),
    restore: (actor, id) => restore(parts, actor, id),
  }
}
