import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { services } from '../../../_gate/services.ts'
import { buttonLook } from '../../../_ui/button-look.ts'
import { FrontPage } from '../../_front/front-page.tsx'
import { AcceptForm } from './_components/accept-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  // The token is in the address: no page that is opened from here may learn it.
  return { title: (await getTranslations('invitation'))('metaTitle'), referrer: 'no-referrer' }
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const { invitations, newsroom } = services()
  const [invitation, t, common] = await Promise.all([
    invitations.inspect(token),
    getTranslations('invitation'),
    getTranslations('common'),
  ])
  if (!invitation.ok) {
    const state = invitation.error
    return (
      <FrontPage
        newsroomName={await newsroom.name()}
        kicker={t('kicker')}
        title={t(`states.${state}.title`)}
        lead={
          <>
            <p>{t(`states.${state}.text`)}</p>
            <Link href="/sign-in" className={buttonLook('quiet', 'normal', 'mt-6 font-sans')}>
              {t('signIn')}
            </Link>
          </>
        }
      />
    )
  }
  const { role, email, newsroom: newsroomName } = invitation.value
  return (
    <FrontPage
      newsroomName={newsroomName}
      kicker={t('kicker')}
      title={t('title')}
      lead={
        <>
          <p>{t('lead', { newsroom: newsroomName, role: common(`roles.${role}`) })}</p>
          <p className="font-sans text-base">{common(`roleMeanings.${role}`)}</p>
          <p className="font-sans text-base">{t('once')}</p>
        </>
      }
    >
      <AcceptForm token={token} email={email} />
    </FrontPage>
  )
}
