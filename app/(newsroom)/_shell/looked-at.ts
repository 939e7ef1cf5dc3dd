import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { type DraftId, parseDraftId, parseThreadId, type ThreadId } from '#lib/domain/ids.ts'
import type { NotificationView } from '#lib/protocol/inbox.ts'

/** What somebody has before their eyes. */
export type Shown = { readonly thread: ThreadId } | { readonly draft: DraftId }

/** What a page shows that notices are about, by its address: an open thread, the review of a draft. */
function shownAt(pathname: string, params: URLSearchParams): Shown | null {
  const thread = parseThreadId(params.get('thread') ?? '')
  if (thread) return { thread }
  const draft = parseDraftId(/^\/drafts\/([^/]+)$/.exec(pathname)?.[1] ?? '')
  return draft && params.get('panel') === 'review' ? { draft } : null
}

function isAbout(notice: NotificationView, shown: Shown): boolean {
  if ('thread' in shown) return notice.threadId === shown.thread
  return notice.threadId === null && notice.draft?.id === shown.draft
}

const subscribe = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/** Whether somebody may be looking at this tab. */
export const useVisible = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible',
    () => false,
  )

/**
 * What is on the screen is read, also what arrives while it is; not in a tab that nobody looks at.
 * @param unread how many are; there is nothing to say where none is
 * @returns whether a notice is about what is looked at now
 */
export function useLookedAt(
  unread: number,
  see: (what: Shown) => Promise<void>,
): (notice: NotificationView) => boolean {
  const pathname = usePathname()
  const params = useSearchParams()
  const shown = shownAt(pathname, params)
  const key = shown && ('thread' in shown ? shown.thread : shown.draft)
  const visible = useVisible()
  const note = useEffectEvent(() => {
    if (shown) void see(shown)
  })
  useEffect(() => {
    if (key && visible && unread > 0) note()
  }, [key, visible, unread])
  return (notice) => visible && shown !== null && isAbout(notice, shown)
}
