import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { services } from '../../../_gate/services.ts'
import { Button } from '../../../_ui/button.tsx'
import { buttonLook } from '../../../_ui/button-look.ts'
import { FrontPage } from '../../_front/front-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  // The token is in the address: no other site may learn it, and no search engine shows it. With `no-referrer` the
  // form below would be sent from nowhere (`Origin: null`), and refused.
  const title = (await getTranslations('inbox.leave'))('metaTitle')
  return { title, referrer: 'same-origin', robots: { index: false } }
}

type Props = {
  params: Promise<{ token: string }>
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

/**
 * Behind the link of an e-mail, without a sign-in. Opening it changes nothing, because mail scanners open links; and
 * it says nothing of the thread, because e-mails are passed on.
 */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const { token } = await params
  const { inbox, newsroom } = services()
  const link = inbox.inspectLink(token)
  const [name, t, { done }] = await Promise.all([
    newsroom.name(),
    getTranslations('inbox.leave'),
    searchParams,
  ])
  const page = (title: string, text: string, act: ReactNode) => (
    <FrontPage
      newsroomName={name}
      kicker={t('kicker')}
      title={title}
      lead={
        <>
          <p>{text}</p>
          <div className="mt-6 font-sans">{act}</div>
        </>
      }
    />
  )
  const profile = (
    <Link href="/profile#notify" className={buttonLook()}>
      {t('profile')}
    </Link>
  )
  if (!link.ok) return page(t(`${link.error}.title`), t(`${link.error}.text`), profile)
  if (done === '1') return page(t('done'), t('doneText'), profile)
  return page(
    t('title'),
    t('text'),
    // A plain form: it works in whatever opens links in a mail program.
    <form method="post" action={`/api/unsubscribe/${token}`}>
      <Button type="submit" kind="primary">
        {t('confirm')}
      </Button>
    </form>,
  )
}
