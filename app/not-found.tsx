import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { buttonLook } from './_ui/button-look.ts'
import { Notice } from './_ui/notice.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.notFound'))('kicker') }
}

export default async function NotFound() {
  const t = await getTranslations('common')
  return (
    <Notice
      kicker={t('notFound.kicker')}
      title={t('notFound.title')}
      action={
        <Link href="/" className={buttonLook('primary')}>
          {t('backHome')}
        </Link>
      }
    >
      {t('notFound.text')}
    </Notice>
  )
}
