'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ClipboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { Spinner } from '#app/_ui/spinner.tsx'
import type { DraftText } from '#lib/domain/body.ts'
import type { TextDiff } from '#lib/domain/history/diff.ts'
import { type DiffLayout, DiffRows, type Sides } from './diff-rows.tsx'
import { useDiff } from './use-diff.ts'
import './history.css'

type Props = {
  /** Without suggestions; null while it is on its way. */
  before: DraftText | null
  after: DraftText | null
  layout?: DiffLayout
  /** Of the two texts, the one that is copied when a part of both is selected. */
  copies?: 'before' | 'after'
  /** Over the columns of the layout side by side. */
  sides?: Sides
  /** At the end of the line that counts the changes. */
  actions?: ReactNode
}

/** What changed between two texts, with the way from one change to the next (also «n» and «p»). */
export function RevisionDiff({ before, after, layout = 'inline', copies = 'after', sides, actions }: Props) {
  const t = useTranslations('history.diff')
  const diff = useDiff(before, after)
  const frame = useRef<HTMLElement>(null)
  const { current, go } = useChanges(frame, diff)
  const onCopy = (event: ClipboardEvent) => copyOneSide(event, copies === 'after' ? 'del' : 'ins')
  return (
    <section ref={frame} aria-label={t('label')} className="revision-diff">
      <div className="diff-bar">
        <Counts diff={diff} />
        {diff && count(diff) > 0 && (
          <span className="flex items-center">
            <IconButton label={t('previous')} keys="P" onClick={() => go(-1)}>
              <ArrowUp aria-hidden="true" />
            </IconButton>
            <span className="figures min-w-12 text-center text-soft text-sm" aria-live="polite">
              {current === null ? `– / ${count(diff)}` : t('place', { at: current + 1, of: count(diff) })}
            </span>
            <IconButton label={t('next')} keys="N" onClick={() => go(1)}>
              <ArrowDown aria-hidden="true" />
            </IconButton>
          </span>
        )}
        {actions}
      </div>
      {diff ? (
        <div onCopy={onCopy}>
          <DiffRows rows={diff.rows} layout={layout} sides={sides ?? null} current={current} />
        </div>
      ) : (
        <div className="grid place-items-center p-12 text-faint">
          <Spinner />
        </div>
      )}
    </section>
  )
}

const count = ({ rows }: TextDiff) => rows.filter(({ kind }) => kind !== 'same').length

function Counts({ diff }: { diff: TextDiff | null }) {
  const t = useTranslations('history.diff')
  if (!diff) return <p className="grow text-faint text-sm">{t('comparing')}</p>
  const changes = count(diff)
  if (changes === 0) return <p className="grow text-sm text-soft">{t('same')}</p>
  const { wordsAdded, wordsRemoved, formats } = diff
  return (
    <p className="figures grow text-sm text-soft" role="status">
      <span className="font-semibold text-ink">{t('changes', { count: changes })}</span>
      {wordsAdded > 0 && (
        <span className="diff-count text-good">{t('wordsAdded', { count: wordsAdded })}</span>
      )}
      {wordsRemoved > 0 && (
        <span className="diff-count text-danger">{t('wordsRemoved', { count: wordsRemoved })}</span>
      )}
      {formats > 0 && <span className="diff-count">{t('formats', { count: formats })}</span>}
    </p>
  )
}

/** The change that one stands on, and the way to the others. */
function useChanges(frame: React.RefObject<HTMLElement | null>, diff: TextDiff | null) {
  const [current, setCurrent] = useState<number | null>(null)
  const all = diff ? count(diff) : 0
  const shown = current !== null && current < all ? current : null
  const go = (step: 1 | -1) => {
    if (all === 0) return
    const next = shown === null ? (step === 1 ? 0 : all - 1) : (shown + step + all) % all
    setCurrent(next)
    const row = frame.current?.querySelector<HTMLElement>(`[data-change="${next}"]`)
    row?.scrollIntoView({ block: 'center' })
    row?.focus({ preventScroll: true })
  }
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const { target } = event
    const here = frame.current?.closest('[role="dialog"], aside') ?? frame.current
    if (!(target instanceof HTMLElement) || !here?.contains(target)) return
    if (target.isContentEditable || target.matches('input, textarea, select')) return
    const step = { n: 1, p: -1 } as const
    const key = event.key.toLowerCase()
    if (key !== 'n' && key !== 'p') return
    event.preventDefault()
    go(step[key])
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return { current: shown, go }
}

/** A selection is copied as the one text or the other would have it: not as both at once. */
function copyOneSide(event: ClipboardEvent, without: 'ins' | 'del'): void {
  const selection = getSelection()
  if (!selection || selection.rangeCount === 0) return
  const part = document.createElement('div')
  part.append(selection.getRangeAt(0).cloneContents())
  for (const other of part.querySelectorAll(`${without}, .diff-note, .diff-shape, button`)) other.remove()
  const blocks = [...part.querySelectorAll('p')].map((block) => block.textContent ?? '')
  event.clipboardData.setData('text/plain', blocks.length > 0 ? blocks.join('\n') : (part.textContent ?? ''))
  event.preventDefault()
}
