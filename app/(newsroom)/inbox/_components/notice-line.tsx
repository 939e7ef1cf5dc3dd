'use client'

import {
  AtSign,
  BadgeCheck,
  Check,
  type LucideIcon,
  MessageSquare,
  MessageSquarePlus,
  PencilLine,
  ShieldAlert,
  SquareCheck,
} from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { classNames } from '#app/_ui/class-names.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { NoticeKind } from '#lib/domain/inbox/notice.ts'
import { placeOf } from '#lib/domain/inbox/place.ts'
import type { NotificationView } from '#lib/protocol/inbox.ts'
import { CommentText } from '../../_threads/comment-text.tsx'
import { useNoticeWords } from './notice-words.ts'

const ICONS: Readonly<Record<NoticeKind, LucideIcon>> = {
  mention: AtSign,
  reply: MessageSquare,
  thread: MessageSquarePlus,
  reviewAsked: SquareCheck,
  approved: BadgeCheck,
  changesRequested: PencilLine,
  approvalVoided: ShieldAlert,
}

/** The whole line leads to what it is about, and going there reads it. */
export function NoticeLine({ notice, onRead }: { notice: NotificationView; onRead: () => void }) {
  const t = useTranslations('inbox')
  const { whoOf, whatOf } = useNoticeWords()
  const unread = notice.readAt === null
  const Icon = ICONS[notice.kind]
  const place = placeOf({
    draftId: notice.draft?.id ?? null,
    slotId: notice.slot?.id ?? null,
    threadId: notice.threadId,
  })
  return (
    <li className="group relative flex items-start gap-1 border-rule border-b hover:bg-well has-[a:focus-visible]:bg-well">
      <Link
        href={place ?? '/inbox'}
        data-notice={notice.id}
        onClick={() => unread && onRead()}
        className="flex min-w-0 grow gap-3 rounded-sm py-3 pl-1 outline-offset-[-2px]"
      >
        {/* A full dot, and none: told apart also without colours. */}
        <span
          aria-hidden="true"
          className={classNames('mt-1.75 size-2 shrink-0 rounded-full', unread && 'bg-accent')}
        />
        <Icon
          aria-hidden="true"
          className={classNames('mt-0.5 size-4.5 shrink-0 stroke-[1.75]', unread ? 'text-ink' : 'text-faint')}
        />
        <span className="min-w-0 grow">
          <span className={classNames('block', unread ? 'text-ink' : 'text-soft')}>
            {unread && <span className="sr-only">{t('unread')}. </span>}
            {t.rich(`kinds.${notice.kind}`, {
              who: (name) => <span className="font-semibold">{name}</span>,
              whoName: whoOf(notice),
              by: notice.by ? 'somebody' : 'nobody',
              what: whatOf(notice),
            })}
          </span>
          {notice.excerpt && (
            <span className="mt-0.5 line-clamp-2 block font-serif text-soft">
              <CommentText body={notice.excerpt} plain />
            </span>
          )}
          <RelativeTime at={notice.at} className="mt-0.5 block text-faint text-sm" />
        </span>
      </Link>
      {unread && (
        <IconButton label={t('markOne')} keys="e" className="mt-1.5 mr-1" onClick={onRead}>
          <Check aria-hidden="true" />
        </IconButton>
      )}
    </li>
  )
}
