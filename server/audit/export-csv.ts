import type { AuditLine } from '#lib/domain/audit/line.ts'
import { localClock, localDay } from '#lib/domain/calendar/zone.ts'
import { CSV_START, csvLine } from '#lib/domain/csv.ts'

const COLUMNS = [
  ...['at', 'date', 'time', 'zone', 'who', 'action', 'about', 'draft', 'revision', 'detail'],
  ...['who_id', 'draft_id', 'revision_id', 'number'],
]

/** @param zone whose clock `date` and `time` are told by; `at` and `revision` are ISO 8601 in UTC */
export async function* writeCsv(
  pages: AsyncIterable<readonly AuditLine[]>,
  zone: string,
): AsyncIterable<string> {
  yield CSV_START + csvLine(COLUMNS)
  for await (const lines of pages) yield lines.map((line) => csvLine(cellsOf(line, zone))).join('')
}

function cellsOf({ id, at, by, action, about, draft, revision, detail }: AuditLine, zone: string) {
  return [
    at.toISOString(),
    localDay(at.getTime(), zone),
    localClock(at.getTime(), zone),
    zone,
    by?.name ?? '',
    action,
    about ?? '',
    draft?.title ?? '',
    revision?.at?.toISOString() ?? '',
    Object.keys(detail).length > 0 ? JSON.stringify(detail) : '',
    by?.id ?? '',
    draft?.id ?? '',
    revision?.id ?? '',
    String(id),
  ]
}
