import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { parseVolunteerId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import { DraftsDesk } from './_components/drafts-desk.tsx'
import { readFilter } from './_components/filter.ts'

type Props = { searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('drafts'))('title') }
}

export default async function Page({ searchParams }: Props) {
  const actor = await requireActor()
  const params = await searchParams
  const filter = readFilter((name) => [params[name]].flat()[0] ?? null)
  const by = filter.by ? parseVolunteerId(filter.by) : null
  const [list, team] = await Promise.all([
    services().drafts.list(actor, { ...filter, by, offset: 0 }),
    services().volunteers.list(actor),
  ])
  return (
    <DraftsDesk
      first={{ filter, ...list }}
      me={actor.volunteerId}
      may={{
        create: can(actor, 'draft.create', null),
        edit: can(actor, 'draft.edit', { archived: false }),
        archiveAny: can(actor, 'draft.archive', { createdBy: null }),
        plan: can(actor, 'slot.plan', { locked: false }),
        archiveOwn: can(actor, 'draft.archive', { createdBy: actor.volunteerId }),
      }}
      people={team.filter(({ suspendedAt }) => suspendedAt === null).map(({ id, name }) => ({ id, name }))}
      keepOffline={!services().config.dev}
    />
  )
}
