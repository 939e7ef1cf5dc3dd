'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { ThreadId } from '#lib/domain/ids.ts'
import { placeOf } from '#lib/domain/inbox/place.ts'
import type { NotificationView } from '#lib/protocol/inbox.ts'
import { useNoticeWords } from '../inbox/_components/notice-words.ts'
import { countUnread, markRead } from '../inbox/actions.ts'
import { useLookedAt, useVisible } from './looked-at.ts'
import { useTitleCount } from './title-count.ts'

type Seen = Exclude<Parameters<typeof markRead>[0], FormData>

type Unread = {
  readonly count: number
  /** Notes that somebody has seen what notices are about. Without a connection it is forgotten: they see it again. */
  see(what: Seen): void
}

const Context = createContext<Unread | null>(null)

/** What of the inbox is on every page: how many are unread, a word when one is named, and what is looked at is read. */
export function UnreadProvider({ first, children }: { first: number; children: ReactNode }) {
  const [live, setLive] = useState<number | null>(null)
  const count = live ?? first
  const announce = useAnnounce()
  const see = useMemo(
    () => async (what: Seen) => {
      const answer = await attempt(() => markRead(what))
      if (answer.ok) setLive(answer.value)
    },
    [],
  )
  const lookedAt = useLookedAt(count, see)
  useTitleCount(count)
  useNewsroom(async (news) => {
    if (news.type === 'inbox') {
      setLive(news.unread)
      if (news.latest && !lookedAt(news.latest)) announce(news.latest)
    } else if (news.type === 'returned') {
      const answer = await attempt(() => countUnread({}))
      if (answer.ok) setLive(answer.value)
    }
  })
  const unread = useMemo(() => ({ count, see: (what: Seen) => void see(what) }), [count, see])
  return <Context value={unread}>{children}</Context>
}

export function useUnread(): Unread {
  const unread = useContext(Context)
  if (!unread) throw new Error('useUnread needs UnreadProvider above it')
  return unread
}

/** A quiet word on whatever page, only for whoever was named: all else can wait for the bell. */
function useAnnounce() {
  const router = useRouter()
  const pathname = usePathname()
  const t = useTranslations('inbox')
  const { whoOf, whatOf } = useNoticeWords()
  return (notice: NotificationView) => {
    if (notice.kind !== 'mention' || pathname === '/inbox') return
    const place = placeOf({
      draftId: notice.draft?.id ?? null,
      slotId: notice.slot?.id ?? null,
      threadId: notice.threadId,
    })
    const open = place ? { action: { label: t('toast.open'), onClick: () => router.push(place) } } : {}
    toast.note(t('toast.mention', { who: whoOf(notice), what: whatOf(notice) }), open)
  }
}

/** A thread whose card is open is read, and so is what arrives in it meanwhile. */
export function useThreadSeen(thread: ThreadId, open: boolean): void {
  const { count, see } = useUnread()
  const visible = useVisible()
  useEffect(() => {
    if (open && visible && count > 0) see({ thread })
  }, [open, visible, count, see, thread])
}
