'use client'

import { SmilePlus } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { classNames } from '#app/_ui/class-names.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import { toast } from '#app/_ui/toast.ts'
import { isReaction, REACTIONS, type Reaction } from '#lib/domain/threads/reaction.ts'
import { usePeople } from '../_people/people.tsx'
import type { ShownComment } from './thread-list.ts'
import { useThreadPlace, useThreadRights } from './thread-place.tsx'

/** Whether the actor gave it, and how to give it or take it back. */
function useReact(comment: ShownComment) {
  const t = useTranslations('threads.reactions')
  const { model } = useThreadPlace()
  const { me } = usePeople()
  const gave = (emoji: string) =>
    comment.reactions.some((reaction) => reaction.emoji === emoji && reaction.by.includes(me.id))
  async function turn(emoji: Reaction) {
    const answer = await model.react(comment.id, emoji, !gave(emoji))
    if (!answer.ok) toast.failed(t('failed'))
  }
  return { gave, turn }
}

/** The reactions that a comment has; a press adds one’s own or takes it back. */
export function Reactions({ comment }: { comment: ShownComment }) {
  const t = useTranslations('threads')
  const format = useFormatter()
  const people = usePeople()
  const rights = useThreadRights()
  const { gave, turn } = useReact(comment)
  if (comment.reactions.length === 0) return null
  return (
    <div className="mt-1 flex flex-wrap gap-1">
      {comment.reactions.map(({ emoji, by }) => {
        if (!isReaction(emoji)) return null
        const names = format.list(by.map((id) => people.find(id)?.name ?? t('somebody')))
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={gave(emoji)}
            aria-label={t('reactions.given', { name: t(`reactions.names.${emoji}`), names })}
            title={names}
            disabled={!rights.comment}
            onClick={() => void turn(emoji)}
            className={classNames(
              'figures inline-flex h-7 min-w-(--control-small) items-center justify-center gap-1 rounded-full border px-2 text-xs',
              gave(emoji) ? 'border-accent bg-accent-wash text-accent' : 'border-rule bg-paper text-soft',
              'not-disabled:hover:border-edge pointer-coarse:h-9',
            )}
          >
            <span aria-hidden="true" className="text-sm">
              {emoji}
            </span>
            {by.length}
          </button>
        )
      })}
    </div>
  )
}

/** All reactions there are, to choose from. */
export function AddReaction({ comment }: { comment: ShownComment }) {
  const t = useTranslations('threads.reactions')
  const { turn } = useReact(comment)
  const trigger = (
    <button type="button" aria-label={t('add')} title={t('add')} className={iconButtonLook('thread-tool')}>
      <SmilePlus aria-hidden="true" />
    </button>
  )
  return (
    <Menu trigger={trigger}>
      <div className="grid grid-cols-4">
        {REACTIONS.map((emoji) => (
          <MenuItem key={emoji} onSelect={() => void turn(emoji)}>
            <span aria-hidden="true" className="mx-auto text-xl">
              {emoji}
            </span>
            <span className="sr-only">{t(`names.${emoji}`)}</span>
          </MenuItem>
        ))}
      </div>
    </Menu>
  )
}
