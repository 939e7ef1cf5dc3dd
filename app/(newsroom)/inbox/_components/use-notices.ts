import { useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { NotificationView } from '#lib/protocol/inbox.ts'
import { useUnread } from '../../_shell/unread.tsx'
import { listNotices } from '../actions.ts'
import { asRead, withFetched } from './notice-days.ts'

export type FirstPage = Extract<Awaited<ReturnType<typeof listNotices>>, { ok: true }>['value']

/** The inbox on the page, live. What is read here or elsewhere stays where it is until the page is opened again. */
export function useNotices(first: FirstPage, unreadOnly: boolean) {
  const [notices, setNotices] = useState<readonly NotificationView[]>(first.lines)
  const [next, setNext] = useState(first.next)
  const [busy, setBusy] = useState(false)
  const unread = useUnread()
  const errorText = useErrorText()

  /** Reads the beginning again: what is not among the unread any more was read. */
  async function refresh() {
    const answer = await attempt(() => listNotices({ unreadOnly, after: null }))
    if (!answer.ok) return
    const { lines, unread: left } = answer.value
    const oldest = lines.at(-1)?.at ?? ''
    const there = new Set(lines.map(({ id }) => id))
    const gone = ({ at, id }: NotificationView) =>
      left === 0 || (unreadOnly && !there.has(id) && (at > oldest || answer.value.next === null))
    setNotices((shown) => asRead(withFetched(shown, lines), gone, new Date().toISOString()))
  }

  useNewsroom((news) => {
    if (news.type === 'inbox' && news.latest) {
      const { latest } = news
      setNotices((shown) => withFetched(shown, [latest]))
    } else if (news.type === 'inbox' || news.type === 'returned') void refresh()
  })

  async function more() {
    setBusy(true)
    const answer = await attempt(() => listNotices({ unreadOnly, after: next }))
    setBusy(false)
    if (!answer.ok) return toast.failed(errorText(answer.error) ?? '')
    setNotices((shown) => withFetched(shown, answer.value.lines))
    setNext(answer.value.next)
  }

  const read = (isRead: (notice: NotificationView) => boolean) =>
    setNotices((shown) => asRead(shown, isRead, new Date().toISOString()))

  return {
    notices,
    /** Null: there is nothing older. */
    more: next && (() => void more()),
    busy,
    markOne({ id }: NotificationView) {
      read((notice) => notice.id === id)
      unread.see({ ids: [id] })
    },
    markAll() {
      const until = notices[0]?.at
      if (until === undefined) return
      read(({ at }) => at <= until)
      unread.see({ until })
    },
  }
}
