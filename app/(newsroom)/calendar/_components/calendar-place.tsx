import { useTranslations } from 'next-intl'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import type { CalendarSettings } from '#lib/domain/calendar/settings.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { Person } from './model.ts'

export type CalendarPageProps = {
  actor: Pick<Actor, 'volunteerId' | 'role' | 'locale'>
  person: PersonHere
  settings: CalendarSettings
  people: readonly Person[]
  /** Keep the page for when there is no connection; not while developing. */
  keepOffline: boolean
}

/** Where the calendar will be: nothing that could be taken for an empty plan. */
export function CalendarPlace({ note }: { note?: string | null }) {
  const t = useTranslations('calendar.desk')
  return (
    <div className="flex grow flex-col px-3 pt-3 sm:px-5" aria-busy={note ? undefined : true}>
      <h1 className="flex h-(--control) items-center font-semibold font-serif text-xl">{t('title')}</h1>
      {note ? (
        <p className="mt-6 border-edge border-l-3 pl-4 text-soft">{note}</p>
      ) : (
        <div role="status" aria-label={t('loading')} className="mt-3 flex grow flex-col gap-px">
          {['h-8', 'grow', 'grow', 'grow', 'grow'].map((height, index) => (
            <Skeleton key={index} className={`${height} min-h-8 opacity-50`} />
          ))}
        </div>
      )}
    </div>
  )
}
