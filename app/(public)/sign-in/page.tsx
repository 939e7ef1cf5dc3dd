import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { currentActor } from '../../_gate/actor.ts'
import { services } from '../../_gate/services.ts'
import { wayBack } from '../../_gate/way-back.ts'
import { FrontPage } from '../_front/front-page.tsx'
import { SignInForm } from './_components/sign-in-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('metaTitle') }
}

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { newsroom } = services()
  const { next } = await searchParams
  const [name, actor, t] = await Promise.all([newsroom.name(), currentActor(), getTranslations('signIn')])
  if (name === null) redirect('/setup')
  if (actor) redirect(wayBack(next))
  return (
    <FrontPage
      newsroomName={name}
      kicker={t('kicker')}
      title={t('title')}
      lead={
        <>
          <p>{t('lead')}</p>
          <p className="font-sans text-base">{t('noAccount')}</p>
        </>
      }
    >
      <SignInForm next={wayBack(next)} />
    </FrontPage>
  )
}
