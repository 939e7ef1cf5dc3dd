import type { DecisionDetail } from '#lib/domain/audit/decision.ts'
import type { AuditFilter, AuditLine } from '#lib/domain/audit/line.ts'
import { dayNumber } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { instantOnDay, localDay } from '#lib/domain/calendar/zone.ts'
import { parseVolunteerId, type VolunteerId } from '#lib/domain/ids.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok } from '#lib/domain/result.ts'
import { readSettings } from '#server/calendar/settings.ts'
import type { Database, Orm } from '#server/db/database.ts'
import { namesOf } from '#server/volunteers/names.ts'
import { roleNow } from '#server/volunteers/role-now.ts'
import type { Authority } from '#server/volunteers/types.ts'
import { writeCsv } from './export-csv.ts'
import { record } from './record.ts'
import { ABOUT, type DecisionRow, findDecisions, type Period } from './store.ts'
import type { Audit } from './types.ts'

type Parts = { readonly database: Database; readonly now?: () => number }

const PAGE_SIZE = 50
/** People may ask for any day that can be written; PostgreSQL has no year 0, and JavaScript writes 10000 with a sign. */
const EARLIEST = 0
const LATEST = Date.UTC(9999, 0)
/** Lines that a file is made of at a time. */
const CHUNK_SIZE = 1000

/** Whoever holds the machine reads as a coordinator may. */
const mayRead = (by: Authority) => by === 'operator' || can(by, 'audit.read', null)

export function createAudit({ database, now = Date.now }: Parts): Audit {
  const { orm } = database
  return {
    async list(by, filter, below) {
      if (!mayRead(by)) return fail('forbidden')
      const period = periodOf(filter, (await readSettings(orm)).zone)
      // One more than is shown: whether there is a next page.
      const rows = await findDecisions(orm, filter, period, { below, limit: PAGE_SIZE + 1 })
      const lines = await linesOf(orm, rows.slice(0, PAGE_SIZE))
      return ok({ lines, next: rows.length > PAGE_SIZE ? (lines.at(-1)?.id ?? null) : null })
    },

    async export(actor, filter) {
      if (!(await isTakenDown(orm, actor, filter))) return fail('forbidden')
      const { zone } = await readSettings(orm)
      const pages = pagesOf(orm, filter, periodOf(filter, zone))
      return ok({ filename: `decisions-${localDay(now(), zone)}.csv`, chunks: writeCsv(pages, zone) })
    },
  }
}

/** That the names leave is written down before they do. @returns false where the actor may not any more */
const isTakenDown = (
  orm: Orm,
  actor: Actor,
  { person, group, draft, from, to }: AuditFilter,
): Promise<boolean> =>
  orm.transaction(async (tx) => {
    const role = await roleNow(tx, actor.volunteerId)
    if (!role || !mayRead({ ...actor, role })) return false
    const asked = Object.entries({ person, group, draft, from, to }).filter(([, value]) => value !== null)
    await record(tx, { by: actor.volunteerId, action: 'audit.exported', detail: Object.fromEntries(asked) })
    return true
  })

async function* pagesOf(orm: Orm, filter: AuditFilter, period: Period): AsyncIterable<readonly AuditLine[]> {
  let below: number | null = null
  for (;;) {
    const rows: readonly DecisionRow[] = await findDecisions(orm, filter, period, {
      below,
      limit: CHUNK_SIZE,
    })
    if (rows.length > 0) yield await linesOf(orm, rows)
    if (rows.length < CHUNK_SIZE) return
    below = rows.at(-1)?.id ?? null
  }
}

function periodOf({ from, to }: AuditFilter, zone: string): Period {
  const midnight = (day: PlainDay, more: number) =>
    new Date(Math.min(Math.max(EARLIEST, instantOnDay(dayNumber(day) + more, 0, zone)), LATEST))
  return { from: from === null ? null : midnight(from, 0), before: to === null ? null : midnight(to, 1) }
}

async function linesOf(orm: Orm, rows: readonly DecisionRow[]): Promise<readonly AuditLine[]> {
  const people = rows.flatMap(({ by, detail }) => [by, personIn(detail)])
  const names = await namesOf(
    orm,
    people.filter((id) => id !== null),
  )
  const nameOf = (id: VolunteerId | null) => (id && names.get(id)) ?? null
  return rows.map(({ id, at, by, action, draftId, title, revisionId, revisionAt, revisionName, detail }) => ({
    id,
    at,
    // Volunteers are never deleted; should a row be gone by hand, its decisions stay readable.
    by: by && { id: by, name: nameOf(by) ?? '?' },
    action,
    about: nameOf(personIn(detail)),
    draft: draftId && { id: draftId, title },
    revision: revisionId && { id: revisionId, at: revisionAt, name: revisionName },
    detail,
  }))
}

/** Whom a decision was about. */
const personIn = (detail: DecisionDetail): VolunteerId | null =>
  ABOUT.map((key) => parseVolunteerId(String(detail[key]))).find((id) => id !== null) ?? null
