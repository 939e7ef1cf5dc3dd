'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx'
import { MAX_COMMENT, readComment } from '#lib/domain/threads/comment.ts'
import { useCommands } from '../_shell/commands.tsx'
import { MentionList } from './mention-list.tsx'
import { useMentions } from './use-mentions.ts'
import { useWritten } from './use-written.ts'
import { rewrite } from './written.ts'

/** From so many characters before the limit, the field says how many are left. */
const NEAR = 500

type Props = {
  /** Names what was begun here, so that it survives a reload. */
  keep: string
  /** What the field is for, said aloud; shown in it while it is empty. */
  label: string
  sendLabel: string
  /** The comment that is being changed. */
  body?: string
  autoFocus?: boolean
  /** Without it the composer is always there, and Escape in an empty one is its card’s. */
  onClose?: () => void
  onSend: (body: string) => void
}

/** Where a comment is written. */
export function Composer(props: Props) {
  const { keep, label, sendLabel, body = '', autoFocus = false, onClose, onSend } = props
  const t = useTranslations('threads.composer')
  const common = useTranslations('common')
  const { modifier } = useCommands()
  const { written, text, write, empty, reset } = useWritten(keep, body)
  const [asking, setAsking] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const hint = useId()
  const read = readComment(text)
  const left = MAX_COMMENT - text.length

  useEffect(() => {
    if (!autoFocus) return
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [autoFocus])

  const mentions = useMentions(field, written, write)

  function drop() {
    setAsking(false)
    reset()
    onClose?.()
  }
  function close() {
    if (text.trim() !== '' && text !== body) setAsking(true)
    else drop()
  }
  function send() {
    if (!read.ok) return field.current?.focus()
    empty()
    mentions.close()
    onSend(read.value)
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || mentions.onKey(event)) return
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape' && (onClose || text !== '')) {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
  }

  return (
    <div className="relative flex flex-col gap-2">
      <div className="relative">
        <textarea
          ref={field}
          value={written.text}
          rows={2}
          aria-label={label}
          aria-describedby={left <= NEAR ? hint : undefined}
          aria-invalid={left < 0 || undefined}
          placeholder={label}
          {...mentions.aria}
          onChange={({ target }) => {
            const next = rewrite(written, target.value)
            write(next)
            mentions.follow(next, target.selectionStart)
          }}
          onSelect={({ currentTarget }) => mentions.follow(written, currentTarget.selectionStart)}
          onBlur={mentions.close}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-[40dvh] min-h-16 w-full resize-none rounded-sm border border-edge bg-sheet px-2.5 py-1.5 text-(length:--control-text) text-ink leading-snug transition-colors duration-100 hover:border-ink focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-danger"
        />
        {mentions.people.length > 0 && (
          <MentionList
            id={mentions.list}
            people={mentions.people}
            chosen={mentions.chosen}
            onChoose={mentions.choose}
            onPoint={mentions.point}
          />
        )}
        <output className="sr-only">
          {mentions.people.length > 0 && t('found', { count: mentions.people.length })}
        </output>
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2">
        {left <= NEAR && (
          <p
            id={hint}
            role="status"
            className={`figures grow text-xs ${left < 0 ? 'text-danger' : 'text-soft'}`}
          >
            {left < 0 ? t('over', { count: -left }) : t('left', { count: left })}
          </p>
        )}
        {(onClose || text !== '') && (
          <Button size="small" kind="ghost" onClick={close}>
            {common('cancel')}
          </Button>
        )}
        <Button
          size="small"
          kind="primary"
          disabled={!read.ok}
          title={`${modifier} ⏎`}
          aria-keyshortcuts={modifier === '⌘' ? 'Meta+Enter' : 'Control+Enter'}
          onClick={send}
        >
          {sendLabel}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('drop.title')}
        confirmLabel={t('drop.confirm')}
        cancelLabel={t('drop.back')}
        danger
        onConfirm={drop}
      >
        {t('drop.text')}
      </ConfirmDialog>
    </div>
  )
}
