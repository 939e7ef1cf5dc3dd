'use client'

import { Bell, BellOff, Check, Link2, MoreHorizontal, RotateCcw, TextQuote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { classNames } from '#app/_ui/class-names.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem } from '#app/_ui/menu.tsx'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { excerptOf } from '#lib/domain/threads/comment.ts'
import { usePeople } from '../_people/people.tsx'
import { useThreadSeen } from '../_shell/unread.tsx'
import { followsThread, setThreadFollowing } from './actions.ts'
import { Byline, CommentLine } from './comment-line.tsx'
import { CommentText } from './comment-text.tsx'
import { Composer } from './composer.tsx'
import { useThreadErrors } from './thread-errors.ts'
import type { ShownThread } from './thread-list.ts'
import { useThreadPlace, useThreadRights } from './thread-place.tsx'
import './threads.css'

type Props = {
  thread: ShownThread
  /** Whole, with its replies and a place to answer; else its first words. */
  open: boolean
  /** Its passage, where it has one: `gone` when the words are no longer in the text. */
  passage: 'here' | 'gone' | null
  /** The quote is shown where the passage itself is not beside the card. */
  quoted?: boolean
  /** The focus goes to the card when it opens. */
  takesFocus?: boolean
  onOpen: () => void
  onClose: () => void
  /** Scrolls to the passage. */
  onShow?: () => void
}

/** A conversation, in the margin, in a list or in a sheet. */
export function ThreadCard(props: Props) {
  const { thread, open, takesFocus = false, onClose } = props
  const t = useTranslations('threads')
  const card = useRef<HTMLElement>(null)
  const name = useNameOf(thread)
  useThreadSeen(thread.id, open)

  useEffect(() => {
    if (open && takesFocus && !card.current?.contains(document.activeElement))
      card.current?.focus({ preventScroll: true })
  }, [open, takesFocus])

  return (
    <article
      ref={card}
      tabIndex={-1}
      aria-label={name}
      data-thread={thread.id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
      className={classNames(
        'relative rounded-md border bg-sheet px-3 py-2 text-ink outline-none transition-shadow duration-100',
        open ? 'border-edge shadow-lift' : 'border-rule hover:border-edge',
        thread.resolved && 'border-dashed',
      )}
    >
      {open ? <Whole {...props} /> : <Brief {...props} name={name} />}
      {!open && thread.resolved && <p className="mt-1 text-good text-xs">{t('resolved')}</p>}
    </article>
  )
}

/** What a screen reader calls a card. */
function useNameOf(thread: ShownThread): string {
  const t = useTranslations('threads')
  const people = usePeople()
  const first = thread.comments[0]
  const author = people.find(thread.createdBy)?.name ?? t('somebody')
  const text = first ? excerptOf(first.body, (id) => people.find(id)?.name ?? null, 80) : ''
  return t('cardName', { author, text })
}

function Brief({ thread, passage, quoted = false, name, onOpen }: Props & { name: string }) {
  const t = useTranslations('threads')
  const first = thread.comments[0]
  const replies = thread.comments.filter(({ deletedAt }) => deletedAt === null).length - 1
  const waits = thread.comments.some(({ unsent }) => unsent !== null)
  return (
    <>
      <button
        type="button"
        onClick={onOpen}
        aria-label={t('openThread', { name })}
        className="absolute inset-0 rounded-md"
      />
      <Place thread={thread} passage={passage} quoted={quoted} />
      {first && <Byline comment={first} />}
      <p className="line-clamp-3 text-sm leading-snug [overflow-wrap:anywhere]">
        {first?.deletedAt !== null ? (
          <span className="text-faint italic">{t('deleted')}</span>
        ) : (
          <CommentText body={first.body} plain />
        )}
      </p>
      {(replies > 0 || waits) && (
        <p className="mt-1 text-faint text-xs">
          {replies > 0 && t('replies', { count: replies })}
          {replies > 0 && waits && ' · '}
          {waits && t('unsent.waits')}
        </p>
      )}
    </>
  )
}

function Whole({ thread, passage, onShow, onClose }: Props) {
  const t = useTranslations('threads')
  const rights = useThreadRights()
  const { model } = useThreadPlace()
  return (
    <>
      <div className="flex items-start gap-1">
        <div className="min-w-0 grow pt-1.5">
          <Place thread={thread} passage={passage} quoted onShow={onShow} />
        </div>
        <ThreadTools thread={thread} onResolved={onClose} />
      </div>
      <ul className="divide-y divide-rule">
        {thread.comments.map((comment) => (
          <CommentLine key={comment.id} comment={comment} />
        ))}
      </ul>
      {rights.comment && (
        <div className="mt-1.5">
          <Composer
            keep={`reply/${thread.id}`}
            label={thread.resolved ? t('replyReopens') : t('reply')}
            sendLabel={t('send')}
            onSend={(body) => model.reply(thread.id, body)}
          />
        </div>
      )}
    </>
  )
}

type PlaceProps = Pick<Props, 'thread' | 'passage' | 'quoted'> & { onShow?: (() => void) | undefined }

/** What the thread is about: the passage’s words, or that they are gone. */
function Place({ thread, passage, quoted, onShow }: PlaceProps) {
  const t = useTranslations('threads')
  const { anchor } = thread
  if (!anchor) {
    const whole = thread.subject.kind === 'draft' ? t('wholeDraft') : null
    return whole && <p className="kicker pb-1">{whole}</p>
  }
  if (passage !== 'gone' && !quoted) return null
  const quote = (
    <span className="line-clamp-2 border-edge border-l-2 pl-2 text-left font-serif text-soft text-sm italic [overflow-wrap:anywhere]">
      {anchor.quote}
    </span>
  )
  return (
    <div className="pb-1">
      {passage === 'gone' && (
        <p className="flex items-center gap-1.5 pb-1 text-warn text-xs">
          <TextQuote aria-hidden="true" className="size-3.5 shrink-0" />
          {t('passageGone')}
        </p>
      )}
      {onShow && passage === 'here' ? (
        <button type="button" onClick={onShow} title={t('showPassage')} className="relative block w-full">
          <span className="sr-only">{t('showPassage')}</span>
          {quote}
        </button>
      ) : (
        quote
      )}
    </div>
  )
}

function ThreadTools({ thread, onResolved }: { thread: ShownThread; onResolved: () => void }) {
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
