import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '../../_gate/actor.ts'
import { services } from '../../_gate/services.ts'
import { InboxList } from './_components/inbox-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('inbox'))('title') }
}

type Props = { searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }

export default async function InboxPage({ searchParams }: Props) {
  const actor = await requireActor()
  const unreadOnly = (await searchParams).unread === '1'
  const first = await services().inbox.list(actor, { unreadOnly, after: null })
  return <InboxList key={String(unreadOnly)} first={first} unreadOnly={unreadOnly} />
}
