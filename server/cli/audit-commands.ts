import type { AuditLine } from '#lib/domain/audit/line.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { Audit } from '#server/audit/types.ts'
import { type Context, done, failed, type Outcome, usage } from './command.ts'
import { inNewsroom } from './newsroom.ts'
import { columns } from './printing.ts'

export async function listDecisions(context: Context): Promise<Outcome> {
  const { words, options } = context
  const since = options.since === undefined ? null : parseDay(options.since)
  if (options.since !== undefined && since === null) return usage(words.calendar.notADay('--since'))
  return inNewsroom(context, async ({ audit }) => {
    const lines = await readAll(audit, since)
    if (lines === null) return failed(words.refusals.forbidden)
    const rows = lines.map(({ at, by, action, about, draft }) => [
      words.when(at),
      by?.name ?? '',
      action,
      draft ? draft.title || words.untitled : (about ?? ''),
    ])
    return done({ decisions: lines.map(described) }, rows.length === 0 ? words.noDecisions : columns(rows))
  })
}

/** @returns null where the operator may not, which is never so */
async function readAll(audit: Audit, from: PlainDay | null): Promise<readonly AuditLine[] | null> {
  const filter = { person: null, group: null, draft: null, from, to: null }
  const lines: AuditLine[] = []
  let below: number | null = null
  do {
    const page: Awaited<ReturnType<Audit['list']>> = await audit.list('operator', filter, below)
    if (!page.ok) return null
    lines.push(...page.value.lines)
    below = page.value.next
  } while (below !== null)
  return lines
}

/** A decision as programs read it: times in ISO 8601, UTC. */
const described = ({ id, at, revision, ...line }: AuditLine) => ({
  number: id,
  at: at.toISOString(),
  ...line,
  revision: revision && { ...revision, at: revision.at?.toISOString() ?? null },
})
