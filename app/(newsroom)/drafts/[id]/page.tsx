import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { requireActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import { DraftPage } from './_components/draft-page.tsx'

type Props = { params: Promise<{ id: string }> }

/** Once for the page and its title. */
const openDraft = cache(async (text: string) => {
  const actor = await requireActor()
  const id = parseDraftId(text)
  const found = id ? await services().drafts.open(actor, id) : null
  return id && found?.ok ? { ...found.value, id, actor } : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [opened, t] = await Promise.all([openDraft((await params).id), getTranslations('editor')])
  return { title: opened?.draft.title || t('untitled') }
}

export default async function Page({ params }: Props) {
  const opened = await openDraft((await params).id)
  if (!opened) notFound()
  const { actor, draft, access } = opened
  const { volunteerId, name, color } = actor
  const createdBy = draft.createdBy as typeof volunteerId | null
  const { calendar, config, reviews } = services()
  const [rows, { zone }, review] = await Promise.all([
    calendar.slotsOf(actor, opened.id),
    calendar.settings(),
    reviews.view(actor, opened.id),
  ])
  return (
    <DraftPage
      draft={draft}
      access={access}
      person={{ volunteerId, name, color }}
      may={{
        create: can(actor, 'draft.create', null),
        archive: can(actor, 'draft.archive', { createdBy }),
        plan: can(actor, 'slot.plan', { locked: false }),
      }}
      planned={{ slots: rows.map(({ slot }) => slot), zone }}
      review={review.ok ? review.value : null}
      keepOffline={!config.dev}
    />
  )
}
