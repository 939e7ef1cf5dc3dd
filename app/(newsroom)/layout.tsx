import { cookies, headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { can } from '#lib/domain/permissions.ts'
import { NewsroomProvider } from '../_collab/newsroom.tsx'
import { requireActor } from '../_gate/actor.ts'
import { services } from '../_gate/services.ts'
import { ClientMessages } from '../_i18n/client-messages.tsx'
import { parseTheme, THEME_COOKIE } from '../_ui/theme.ts'
import { PeopleProvider } from './_people/people.tsx'
import { peopleOf } from './_people/people-of.ts'
import { ConnectionBanner } from './_shell/connection-banner.tsx'
import { OwedSignOut } from './_shell/owed-sign-out.tsx'
import { Shell } from './_shell/shell.tsx'
import { UnreadProvider } from './_shell/unread.tsx'
import { SendLater } from './_threads/send-later.tsx'

const NAMESPACES = [
  'common',
  'shell',
  'drafts',
  'editor',
  'calendar',
  'team',
  'profile',
  'threads',
  'suggest',
  'review',
  'history',
  'inbox',
] as const

export default async function NewsroomLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor()
  const [name, people, unread, common, jar, sent] = await Promise.all([
    services().newsroom.name(),
    peopleOf(actor),
    services().inbox.unread(actor),
    getTranslations('common'),
    cookies(),
    headers(),
  ])
  const apple = /Mac OS|iPhone|iPad/.test(sent.get('user-agent') ?? '')
  return (
    <ClientMessages namespaces={NAMESPACES}>
      <OwedSignOut volunteerId={actor.volunteerId}>
        <NewsroomProvider>
          <PeopleProvider me={actor.volunteerId} first={people}>
            <SendLater />
            <UnreadProvider first={unread}>
              <Shell
                newsroomName={name ?? 'Pupitre'}
                who={{
                  id: actor.volunteerId,
                  name: actor.name,
                  color: actor.color,
                  role: common(`roles.${actor.role}`),
                }}
                theme={parseTheme(jar.get(THEME_COOKIE)?.value)}
                modifier={apple ? '⌘' : 'Ctrl'}
                canCreate={can(actor, 'draft.create', null)}
                banner={<ConnectionBanner />}
              >
                {children}
              </Shell>
            </UnreadProvider>
          </PeopleProvider>
        </NewsroomProvider>
      </OwedSignOut>
    </ClientMessages>
  )
}
