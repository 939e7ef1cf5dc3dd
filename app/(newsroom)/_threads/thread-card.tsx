'use client'

import { TextQuote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { classNames } from '#app/_ui/class-names.ts'
import { excerptOf } from '#lib/domain/threads/comment.ts'
import { usePeople } from '../_people/people.tsx'
import { useThreadSeen } from '../_shell/unread.tsx'
import { Byline, CommentLine } from './comment-line.tsx'
import { CommentText } from './comment-text.tsx'
import { Composer } from './composer.tsx'
import type { ShownThread } from './thread-list.ts'
import { useThreadPlace, useThreadRights } from './thread-place.tsx'
import { ThreadTools } from './thread-tools.tsx'
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
