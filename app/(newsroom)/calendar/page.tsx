import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { CalendarPage } from './_components/calendar-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calendar'))('desk.title') }
}

/** What the address asks for is read in the browser: which days are today’s, and how many fit, it knows best. */
export default async function Page() {
  const actor = await requireActor()
  const [settings, team] = await Promise.all([
    services().calendar.settings(),
    services().volunteers.list(actor),
  ])
  const { volunteerId, role, locale, name, color } = actor
  return (
    <CalendarPage
      actor={{ volunteerId, role, locale }}
      person={{ volunteerId, name, color }}
      settings={settings}
      people={team.map(({ id, name, color }) => ({ id, name, color }))}
      keepOffline={!services().config.dev}
    />
  )
}
