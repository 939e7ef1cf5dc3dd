'use client'

import { Bell, CheckCheck } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useNow, useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { buttonLook } from '#app/_ui/button-look.ts'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Kbd } from '#app/_ui/kbd.tsx'
import { Page } from '#app/_ui/page.tsx'
import { useUnread } from '../../_shell/unread.tsx'
import { useListKeys } from './list-keys.ts'
import { noticeDays } from './notice-days.ts'
import { NoticeLine } from './notice-line.tsx'
import { type FirstPage, useNotices } from './use-notices.ts'

const DAY_MS = 86_400_000

export function InboxList({ first, unreadOnly }: { first: FirstPage; unreadOnly: boolean }) {
  const t = useTranslations('inbox')
  const { count } = useUnread()
  const { notices, more, busy, markOne, markAll } = useNotices(first, unreadOnly)
  const list = useRef<HTMLDivElement>(null)
  const dayWords = useDayWords()
  useListKeys(list, (id) => {
    const notice = notices.find((each) => each.id === id)
    if (notice?.readAt === null) markOne(notice)
  })
  return (
    <Page
      title={t('title')}
      aside={count > 0 && t('count', { count })}
      actions={
        notices.length > 0 && (
          <Button size="small" onClick={markAll} disabled={count === 0}>
            <CheckCheck aria-hidden="true" className="size-4" />
            {t('markAll')}
          </Button>
        )
      }
    >
      <div className="flex items-center justify-between gap-4 border-rule border-b py-2">
        <Filter unreadOnly={unreadOnly} />
        {notices.length > 0 && (
          <p className="hidden text-faint text-sm pointer-fine:block">
            {t.rich('keys', { key: (keys) => <Kbd keys={String(keys)} /> })}
          </p>
        )}
      </div>
      {notices.length === 0 && <Nothing unreadOnly={unreadOnly} />}
      <div ref={list}>
        {noticeDays(notices, dayWords.dayOf).map(({ day, notices: those }) => (
          <section key={day} aria-labelledby={`day-${day}`}>
            <h2 id={`day-${day}`} className="kicker pt-6 pb-1.5">
              {dayWords.nameOf(those[0]?.at ?? '')}
            </h2>
            <ul>
              {those.map((notice) => (
                <NoticeLine key={notice.id} notice={notice} onRead={() => markOne(notice)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {more && (
        <Button className="mt-6" busy={busy} onClick={more}>
          {t('more')}
        </Button>
      )}
    </Page>
  )
}

function Filter({ unreadOnly }: { unreadOnly: boolean }) {
  const t = useTranslations('inbox')
  const look =
    'flex h-(--control-small) items-center rounded-sm px-2.5 text-soft text-sm hover:bg-well aria-[current]:bg-well aria-[current]:font-medium aria-[current]:text-ink'
  return (
    <nav aria-label={t('filter.label')} className="-ml-2.5 flex gap-1">
      <Link href="/inbox" aria-current={unreadOnly ? undefined : 'page'} className={look}>
        {t('filter.all')}
      </Link>
      <Link href="/inbox?unread=1" aria-current={unreadOnly ? 'page' : undefined} className={look}>
        {t('filter.unread')}
      </Link>
    </nav>
  )
}

function Nothing({ unreadOnly }: { unreadOnly: boolean }) {
  const t = useTranslations('inbox')
  if (!unreadOnly)
    return (
      <EmptyState icon={<Bell />} title={t('empty.title')}>
        {t('empty.text')}
      </EmptyState>
    )
  const all = (
    <Link href="/inbox" className={buttonLook()}>
      {t('emptyUnread.all')}
    </Link>
  )
  return <EmptyState icon={<Bell />} title={t('emptyUnread.title')} action={all} />
}

/** Names of days by the newsroom’s clocks; the last two by how long ago they were. */
function useDayWords() {
  const t = useTranslations('inbox')
  const format = useFormatter()
  const now = useNow({ updateInterval: 60_000 })
  const dayOf = (at: string | Date) =>
    format.dateTime(new Date(at), { year: 'numeric', month: '2-digit', day: '2-digit' })
  const nameOf = (at: string): string => {
    if (dayOf(at) === dayOf(now)) return t('today')
    if (dayOf(at) === dayOf(new Date(now.getTime() - DAY_MS))) return t('yesterday')
    return format.dateTime(new Date(at), { weekday: 'long', day: 'numeric', month: 'long' })
  }
  return { dayOf: (at: string) => dayOf(at).replace(/\D/g, ''), nameOf }
}
