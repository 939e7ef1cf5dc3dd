import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { services } from '../../_gate/services.ts'
import { FrontPage } from '../_front/front-page.tsx'
import { SetupForm } from './_components/setup-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('metaTitle') }
}

export default async function SetupPage() {
  if (await services().newsroom.isSetUp()) redirect('/sign-in')
  const t = await getTranslations('setup')
  return (
    <FrontPage
      newsroomName={null}
      kicker={t('kicker')}
      title={t('title')}
      lead={
        <>
          <p>{t('lead')}</p>
          <p className="font-sans text-base">{t('where')}</p>
        </>
      }
    >
      <SetupForm />
    </FrontPage>
  )
}
