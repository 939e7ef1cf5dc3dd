import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { buttonLook } from '#app/_ui/button-look.ts'
import { Page } from '#app/_ui/page.tsx'
import { can } from '#lib/domain/permissions.ts'
import { RulesForm } from './_components/rules-form.tsx'
import { RulesRead } from './_components/rules-read.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('review.rules'))('title') }
}

export default async function RulesPage() {
  const actor = await requireActor()
  const [settings, t] = await Promise.all([services().reviews.settings(), getTranslations('review.rules')])
  const mayChange = can(actor, 'newsroom.configure', null)
  return (
    <Page
      title={t('title')}
      width="narrow"
      actions={
        <Link href="/team" className={buttonLook('ghost', 'small')}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          {t('team')}
        </Link>
      }
    >
      {mayChange ? <RulesForm settings={settings} /> : <RulesRead settings={settings} />}
    </Page>
  )
}
