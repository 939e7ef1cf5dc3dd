import { getLocale } from 'next-intl/server'
import type { AuditLine } from '#lib/domain/audit/line.ts'
import { Sentence } from './sentence.tsx'

/**
 * Decisions under the days on which they were made, the newest first.
 * @param zone the newsroom’s, by which the filter takes days, too
 */
export async function Days({ lines, zone }: { lines: readonly AuditLine[]; zone: string }) {
  // As Canada writes the hour: «9 h 41» in French.
  const locale = `${await getLocale()}-CA`
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: zone })
  const hour = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  return (
    <>
      {[...Map.groupBy(lines, ({ at }) => day.format(at))].map(([name, decided]) => (
        <section key={name} className="mt-8">
          <h2 className="kicker border-rule border-b pb-2">{name}</h2>
          <ol>
            {decided.map((line) => (
              <li key={line.id} className="flex gap-3 border-rule border-b py-2.5 sm:gap-5">
                <time dateTime={line.at.toISOString()} className="figures w-16 shrink-0 text-faint text-sm/6">
                  {hour.format(line.at)}
                </time>
                <Sentence line={line} zone={zone} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}
