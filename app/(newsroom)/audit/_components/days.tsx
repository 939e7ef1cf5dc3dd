import { getFormatter } from 'next-intl/server'
import type { AuditLine } from '#lib/domain/audit/line.ts'
import { Sentence } from './sentence.tsx'

/** Decisions under the days on which they were made, the newest first. */
export async function Days({ lines }: { lines: readonly AuditLine[] }) {
  const format = await getFormatter()
  const dayOf = ({ at }: AuditLine) => format.dateTime(at, { dateStyle: 'full' })
  return (
    <>
      {[...Map.groupBy(lines, dayOf)].map(([day, decided]) => (
        <section key={day} className="mt-8">
          <h2 className="kicker border-rule border-b pb-2">{day}</h2>
          <ol>
            {decided.map((line) => (
              <li key={line.id} className="flex gap-3 border-rule border-b py-2.5 sm:gap-5">
                <time dateTime={line.at.toISOString()} className="figures w-14 shrink-0 text-faint text-sm/6">
                  {format.dateTime(line.at, { timeStyle: 'short' })}
                </time>
                <Sentence line={line} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}
