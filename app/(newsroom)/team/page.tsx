import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { requireActor } from '../../_gate/actor.ts'
import { services } from '../../_gate/services.ts'
import { Page } from '../../_ui/page.tsx'
import { Invite } from './_components/invite.tsx'
import { LiveTeam } from './_components/live-team.tsx'
import { PendingLine } from './_components/pending-line.tsx'
import { RenameForm } from './_components/rename-form.tsx'
import { VolunteerLine } from './_components/volunteer-line.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('team'))('title') }
}

export default async function TeamPage() {
  const actor = await requireActor()
  const [team, t] = await Promise.all([services().volunteers.list(actor), getTranslations('team')])
  const active = team.filter((volunteer) => volunteer.suspendedAt === null)
  return (
    <Page
      title={t('title')}
      aside={t('count', { count: active.length })}
      actions={can(actor, 'team.invite', null) && <Invite />}
    >
      <LiveTeam />
      <ul aria-label={t('people')}>
        {[...team]
          .sort((one, other) => Number(one.suspendedAt !== null) - Number(other.suspendedAt !== null))
          .map(({ suspendedAt, createdAt, ...volunteer }) => (
            <VolunteerLine
              key={volunteer.id}
              volunteer={{
                ...volunteer,
                createdAt: createdAt.toISOString(),
                suspended: suspendedAt !== null,
                you: volunteer.id === actor.volunteerId,
                manageable: can(actor, 'volunteer.manage', { volunteerId: volunteer.id }),
              }}
            />
          ))}
      </ul>
      {can(actor, 'team.invite', null) && <Pending actor={actor} />}
      {can(actor, 'newsroom.configure', null) && <Newsroom />}
      <Rules />
      {can(actor, 'audit.read', null) && <DecisionLog />}
    </Page>
  )
}

/** How texts are approved, which everybody may read. */
async function Rules() {
  const t = await getTranslations('review.rules')
  return (
    <section className="mt-10">
      <h2 className="kicker border-rule border-b pb-2">{t('title')}</h2>
      <p className="py-3 text-soft">
        {t('about')}{' '}
        <Link href="/team/review" className="text-accent underline underline-offset-2">
          {t('see')}
        </Link>
      </p>
    </section>
  )
}

async function DecisionLog() {
  const t = await getTranslations('audit')
  return (
    <section className="mt-10">
      <h2 className="kicker border-rule border-b pb-2">{t('title')}</h2>
      <p className="py-3 text-soft">
        {t('about')}{' '}
        <Link href="/audit" className="text-accent underline underline-offset-2">
          {t('see')}
        </Link>
      </p>
    </section>
  )
}

async function Pending({ actor }: { actor: Actor }) {
  const [pending, t] = await Promise.all([
    services().invitations.list(actor),
    getTranslations('team.pending'),
  ])
  return (
    <section className="mt-10">
      <h2 className="kicker border-rule border-b pb-2">{t('title')}</h2>
      {pending.length === 0 && <p className="py-3 text-faint">{t('none')}</p>}
      <ul>
        {pending.map(({ id, role, email, expiresAt }) => (
          <PendingLine key={id} invitation={{ id, role, email, expiresAt: expiresAt.toISOString() }} />
        ))}
      </ul>
    </section>
  )
}

async function Newsroom() {
  const [name, t] = await Promise.all([services().newsroom.name(), getTranslations('team.newsroom')])
  return (
    <section className="mt-10">
      <h2 className="kicker border-rule border-b pb-2">{t('title')}</h2>
      <RenameForm name={name ?? ''} />
    </section>
  )
}
