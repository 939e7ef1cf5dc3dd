'use client'

import { Bell, BellOff, Check, Link2, MoreHorizontal, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { followsThread, setThreadFollowing } from './actions.ts'
import { useThreadErrors } from './thread-errors.ts'
import type { ShownThread } from './thread-list.ts'
import { useThreadPlace, useThreadRights } from './thread-place.tsx'

/** What can be done with a whole thread: end it, link to it, follow it. */
export function ThreadTools({ thread, onResolved }: { thread: ShownThread; onResolved: () => void }) {
  const t = useTranslations('threads')
  const { model } = useThreadPlace()
  const rights = useThreadRights()
  const errors = useThreadErrors()

  async function resolve(resolved: boolean) {
    if (resolved) onResolved()
    const answer = await model.setResolved(thread.id, resolved)
    if (!answer.ok) return toast.failed(errors(answer.error) ?? '')
    if (!resolved) return
    const undo = () => void model.setResolved(thread.id, false)
    toast.done(t('resolvedToast'), { action: { label: t('undo'), onClick: undo } })
  }
  if (!thread.sent) return null
  const label = thread.resolved ? t('reopen') : t('resolve')
  return (
    <div className="-mr-1.5 flex shrink-0">
      {rights.resolve(thread) && (
        <button
          type="button"
          aria-label={label}
          title={label}
          onClick={() => void resolve(!thread.resolved)}
          className={iconButtonLook('thread-tool')}
        >
          {thread.resolved ? <RotateCcw aria-hidden="true" /> : <Check aria-hidden="true" />}
        </button>
      )}
      <ThreadMenu thread={thread} />
    </div>
  )
}

function ThreadMenu({ thread }: { thread: ShownThread }) {
  const t = useTranslations('threads')
  const { linkTo } = useThreadPlace()
  const errors = useThreadErrors()
  const [following, setFollowing] = useState<boolean | null>(null)
  const { id } = thread

  async function learn() {
    const answer = await attempt(() => followsThread({ id }))
    if (answer.ok) setFollowing(answer.value)
  }
  async function follow(wanted: boolean) {
    const answer = await attempt(() => setThreadFollowing({ id, following: wanted }))
    if (!answer.ok) return toast.failed(errors(answer.error) ?? '')
    setFollowing(wanted)
    toast.done(wanted ? t('followed') : t('unfollowed'))
  }
  async function copy() {
    const copied = await navigator.clipboard.writeText(`${location.origin}${linkTo(id)}`).then(
      () => true,
      () => false,
    )
    if (copied) toast.done(t('copied'))
    else toast.failed(t('notCopied'))
  }
  const trigger = (
    <button
      type="button"
      aria-label={t('actions')}
      title={t('actions')}
      onPointerEnter={() => void learn()}
      onFocus={() => void learn()}
      className={iconButtonLook('thread-tool')}
    >
      <MoreHorizontal aria-hidden="true" />
    </button>
  )
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={<Link2 aria-hidden="true" />} onSelect={() => void copy()}>
        {t('copyLink')}
      </MenuItem>
      {following !== null && (
        <MenuItem
          icon={following ? <BellOff aria-hidden="true" /> : <Bell aria-hidden="true" />}
          onSelect={() => void follow(!following)}
        >
          {following ? t('unfollow') : t('follow')}
        </MenuItem>
      )}
    </Menu>
  )
}
