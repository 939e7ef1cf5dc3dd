'use client'

import { Clock, MoreHorizontal, Pencil, Trash2, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Avatar } from '#app/_ui/avatar.tsx'
import { Button } from '#app/_ui/button.tsx'
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { toast } from '#app/_ui/toast.ts'
import { usePeople } from '../_people/people.tsx'
import { CommentText } from './comment-text.tsx'
import { Composer } from './composer.tsx'
import { outboxOf } from './outbox-of.ts'
import { AddReaction, Reactions } from './reactions.tsx'
import { useThreadErrors } from './thread-errors.ts'
import type { ShownComment, Unsent } from './thread-list.ts'
import { useThreadPlace, useThreadRights } from './thread-place.tsx'

/** One comment, whole: who, when, what, and what can be done with it. */
export function CommentLine({ comment }: { comment: ShownComment }) {
  const t = useTranslations('threads')
  const { model } = useThreadPlace()
  const errors = useThreadErrors()
  const [editing, setEditing] = useState(false)

  async function save(body: string) {
    setEditing(false)
    const answer = await model.edit(comment.id, body)
    if (!answer.ok) toast.failed(errors(answer.error) ?? '')
  }
  return (
    <li className="group/comment py-1.5">
      <Byline comment={comment}>
        {!editing && <CommentTools comment={comment} onEdit={() => setEditing(true)} />}
      </Byline>
      {comment.deletedAt !== null ? (
        <p className="text-faint text-sm italic">{t('deleted')}</p>
      ) : editing ? (
        <Composer
          keep={`edit/${comment.id}`}
          label={t('editLabel')}
          sendLabel={t('save')}
          body={comment.body}
          autoFocus
          onClose={() => setEditing(false)}
          onSend={(body) => void save(body)}
        />
      ) : (
        <div className="whitespace-pre-wrap text-sm leading-relaxed [overflow-wrap:anywhere]">
          <CommentText body={comment.body} />
        </div>
      )}
      {comment.unsent ? <Waiting unsent={comment.unsent} /> : <Reactions comment={comment} />}
    </li>
  )
}

type BylineProps = { comment: ShownComment; children?: React.ReactNode }

/** Face, name and time, and at the end of the line what can be done. */
export function Byline({ comment, children }: BylineProps) {
  const t = useTranslations('threads')
  const person = usePeople().find(comment.author)
  const name = person?.name ?? t('somebody')
  return (
    <div className="flex min-h-7 items-center gap-2">
      <Avatar name={name} color={person?.color ?? '#686459'} decorative size="small" />
      <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-1.5 leading-snug">
        <span className="max-w-full truncate font-medium text-sm">{name}</span>
        <span className="whitespace-nowrap text-faint text-xs">
          <RelativeTime at={comment.createdAt} />
          {comment.editedAt !== null && comment.deletedAt === null && ` · ${t('edited')}`}
        </span>
      </div>
      {children}
    </div>
  )
}

function CommentTools({ comment, onEdit }: { comment: ShownComment; onEdit: () => void }) {
  const t = useTranslations('threads')
  const common = useTranslations('common')
  const { model } = useThreadPlace()
  const errors = useThreadErrors()
  const rights = useThreadRights()
  const [asking, setAsking] = useState(false)
  const [mayEdit, mayRemove] = [rights.edit(comment), rights.remove(comment)]
  if (comment.deletedAt !== null || comment.unsent) return null

  async function remove() {
    setAsking(false)
    const answer = await model.remove(comment.id)
    if (!answer.ok) toast.failed(errors(answer.error) ?? '')
  }
  const trigger = (
    <button
      type="button"
      aria-label={t('commentActions')}
      title={t('commentActions')}
      className={iconButtonLook('thread-tool')}
    >
      <MoreHorizontal aria-hidden="true" />
    </button>
  )
  return (
    <div className="-my-1 flex shrink-0">
      {rights.comment && <AddReaction comment={comment} />}
      {(mayEdit || mayRemove) && (
        <Menu trigger={trigger}>
          {mayEdit && (
            <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={onEdit}>
              {t('edit')}
            </MenuItem>
          )}
          {mayRemove && (
            <MenuItem icon={<Trash2 aria-hidden="true" />} danger onSelect={() => setAsking(true)}>
              {t('remove')}
            </MenuItem>
          )}
        </Menu>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('removeAsk.title')}
        confirmLabel={t('removeAsk.confirm')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={() => void remove()}
      >
        {t('removeAsk.text')}
      </ConfirmDialog>
    </div>
  )
}

/** A comment that the server has not confirmed: it waits, or was refused. */
function Waiting({ unsent }: { unsent: Unsent }) {
  const t = useTranslations('threads.unsent')
  const errors = useThreadErrors()
  const { outbox } = outboxOf(usePeople().me.id)
  if (unsent.refused === null) {
    // Not for the blink of an eye that a comment takes with a connection.
    return (
      <p className="mt-1 flex animate-[appear_120ms_800ms_backwards] items-center gap-1.5 text-faint text-xs">
        <Clock aria-hidden="true" className="size-3.5" />
        {t('waits')}
      </p>
    )
  }
  return (
    <div role="alert" className="mt-1.5 border-danger border-l-3 bg-danger-wash px-2.5 py-1.5 text-sm">
      <p className="flex items-start gap-1.5">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
        {errors(unsent.refused)}
      </p>
      <div className="mt-1.5 flex gap-1.5">
        <Button size="small" onClick={() => void outbox.flush(unsent.id)}>
          {t('again')}
        </Button>
        <Button size="small" kind="ghost" onClick={() => void outbox.drop(unsent.id)}>
          {t('drop')}
        </Button>
      </div>
    </div>
  )
}
