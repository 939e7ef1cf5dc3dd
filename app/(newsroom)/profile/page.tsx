import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '../../_gate/actor.ts'
import { services } from '../../_gate/services.ts'
import { Page } from '../../_ui/page.tsx'
import { IdentityForm } from './_components/identity-form.tsx'
import { NotifyForm } from './_components/notify-form.tsx'
import { NotifyStanding } from './_components/notify-standing.tsx'
import { PasswordForm } from './_components/password-form.tsx'
import { Section } from './_components/section.tsx'
import { SessionList } from './_components/session-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('profile'))('title') }
}

export default async function ProfilePage() {
  const actor = await requireActor()
  const { inbox, sessions: logins } = services()
  const [sessions, mailing, t, mail] = await Promise.all([
    logins.listOf(actor),
    inbox.mailing(actor),
    getTranslations('profile'),
    getTranslations('inbox.mail'),
  ])
  const { name, email, color, locale } = actor
  return (
    <Page title={t('title')}>
      <Section title={t('identity.title')} lead={t('lead')}>
        <IdentityForm name={name} email={email} color={color} locale={locale} />
      </Section>
      <Section id="notify" title={mail('title')} lead={mail('lead')}>
        <div className="flex flex-col gap-5">
          <NotifyStanding standing={mailing.standing} email={email} />
          <NotifyForm choices={mailing.choices} zone={mailing.zone} />
        </div>
      </Section>
      <Section title={t('password.title')}>
        <PasswordForm email={email} />
      </Section>
      <Section title={t('sessions.title')} lead={t('sessions.lead')}>
        <SessionList
          volunteerId={actor.volunteerId}
          sessions={sessions.map(({ id, userAgent, lastSeenAt, current }) => ({
            id,
            userAgent,
            lastSeenAt: lastSeenAt.toISOString(),
            current,
          }))}
        />
      </Section>
    </Page>
  )
}
