'use client'

import { Monitor, Smartphone } from 'lucide-react'
import { useFormatter, useNow, useTranslations } from 'next-intl'
import type { LoginSessionId } from '#lib/domain/ids.ts'
import { Badge } from '../../../_ui/badge.tsx'
import { browserName, isHandheld } from './browser-name.ts'
import { EndEverywhere } from './end-everywhere.tsx'
import { EndSession } from './end-session.tsx'

type SessionLineData = {
  id: LoginSessionId
  userAgent: string
  lastSeenAt: string
  current: boolean
}

type Props = { volunteerId: string; sessions: readonly SessionLineData[] }

export function SessionList({ volunteerId, sessions }: Props) {
  return (
    <div>
      <ul className="border-rule border-t">
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
      <div className="mt-4">
        <EndEverywhere volunteerId={volunteerId} />
      </div>
    </div>
  )
}

function SessionLine({ session }: { session: SessionLineData }) {
  const t = useTranslations('profile.sessions')
  const format = useFormatter()
  const now = useNow()
  const known = browserName(session.userAgent)
  const browser = known ? t('browserOn', known) : t('unknown')
  const Icon = isHandheld(session.userAgent) ? Smartphone : Monitor
  const seen = new Date(session.lastSeenAt)
  return (
    <li className="flex items-center gap-3 border-rule border-b py-2.5">
      <Icon aria-hidden="true" className="size-5 shrink-0 stroke-[1.5] text-faint" />
      <div className="min-w-0 grow">
        <p className="truncate">{browser}</p>
        {session.current ? (
          <Badge tone="good">{t('here')}</Badge>
        ) : (
          <p className="text-faint text-sm">{t('seen', { when: format.relativeTime(seen, now) })}</p>
        )}
      </div>
      {!session.current && <EndSession id={session.id} browser={browser} />}
    </li>
  )
}
