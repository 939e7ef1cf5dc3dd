import { ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { buttonLook } from '#app/_ui/button-look.ts'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Days } from './_components/days.tsx'
import { Download } from './_components/download.tsx'
import { addressOf, type Filter, isNarrow, readBelow, readFilter } from './_components/filter.ts'
import { FilterForm } from './_components/filter-form.tsx'

type Props = { searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') }
}

export default async function AuditPage({ searchParams }: Props) {
  const actor = await requireActor()
  const params = await searchParams
  const asked = (name: string) => [params[name]].flat()[0] ?? null
  const filter = readFilter(asked)
  const below = readBelow(asked('below'))
  const page = await services().audit.list(actor, filter, below)
  // To everybody else there is no such page.
  if (!page.ok) notFound()
  const [t, team, { zone }] = await Promise.all([
    getTranslations('audit'),
    services().volunteers.list(actor),
    services().calendar.settings(),
  ])
  const { lines, next } = page.value
  const title = lines.find(({ draft }) => draft?.id === filter.draft)?.draft?.title ?? t('untitled')
  return (
    <Page title={t('title')} actions={<Download filter={filter} />}>
      <p className="pt-4 text-soft">{t('about')}</p>
      <FilterForm filter={filter} people={team} title={title} />
      {lines.length === 0 ? <Nothing filter={filter} /> : <Days lines={lines} zone={zone} />}
      <nav className="flex flex-wrap gap-2 pt-8">
        {below !== null && (
          <Link href={addressOf(filter, null)} className={buttonLook('ghost')}>
            {t('newest')}
          </Link>
        )}
        {next !== null && (
          <Link href={addressOf(filter, next)} className={buttonLook()} rel="next">
            {t('older')}
          </Link>
        )}
      </nav>
    </Page>
  )
}

async function Nothing({ filter }: { filter: Filter }) {
  const kind = isNarrow(filter) ? 'nothing' : 'empty'
  const t = await getTranslations('audit')
  return (
    <EmptyState icon={<ScrollText />} title={t(`${kind}.title`)}>
      {t(`${kind}.text`)}
    </EmptyState>
  )
}
