'use client'

import { MessageSquarePlus, MessageSquareText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { useCommands } from '#app/(newsroom)/_shell/commands.tsx'
import { ThreadCard } from '#app/(newsroom)/_threads/thread-card.tsx'
import type { ShownThread } from '#app/(newsroom)/_threads/thread-list.ts'
import { useThreadPlace, useThreadRights } from '#app/(newsroom)/_threads/thread-place.tsx'
import { useDesk } from '../desk.tsx'
import { DeskPanel } from '../desk-panel.tsx'
import { usePhone } from '../use-phone.ts'
import { NewThread } from './new-thread.tsx'
import type { Passages } from './passages.ts'
import { useThreadsDesk } from './threads-desk.tsx'

type Tab = 'open' | 'resolved'
type Props = { passages: Passages; onLeave: () => void }

/** Passages in the order of the text, then those that are gone, then what is said of the whole. */
function inOrder(threads: readonly ShownThread[], passages: Passages): readonly ShownThread[] {
  const order = new Map(passages.marks().map(({ id }, index) => [id, index]))
  const rank = (thread: ShownThread) => order.get(thread.id) ?? (thread.anchor ? order.size : order.size + 1)
  return threads.toSorted((one, other) => rank(one) - rank(other))
}

/** All threads of the draft, one after another. */
export function ThreadsPanel({ passages, onLeave }: Props) {
  const t = useTranslations('threads')
  const { openPanel } = useDesk()
  const { model } = useThreadPlace()
  const { wish } = useThreadsDesk()
  const rights = useThreadRights()
  const threads = useCell(model.threads)
  const composing = useCell(passages.composing)
  const active = useCell(passages.active)
  const [tab, setTab] = useState<Tab>(() =>
    threads.find(({ id }) => id === active?.id)?.resolved ? 'resolved' : 'open',
  )
  useCell(passages.drawn)
  const counts = {
    open: threads.filter(({ resolved }) => !resolved).length,
    resolved: threads.filter(({ resolved }) => resolved).length,
  }
  const shown = threads.filter(({ resolved }) => (resolved ? 'resolved' : 'open') === tab)
  const list = tab === 'open' ? inOrder(shown, passages) : shown.toReversed()
  const phone = usePhone()
  // The sheet holds the focus, and the text is behind it.
  const stay = () => {}
  const close = () => openPanel(null)
  return (
    <DeskPanel
      title={t('title')}
      onClose={close}
      head={
        <div className="flex items-center justify-between gap-1 pr-2">
          <Tabs tab={tab} counts={counts} onTab={setTab} />
          {rights.comment && (
            <Button
              size="small"
              kind="ghost"
              aria-label={t('commentDraft')}
              title={t('commentDraft')}
              onClick={() => wish.set('draft')}
            >
              <MessageSquarePlus aria-hidden="true" className="size-4" />
              {t('comment')}
            </Button>
          )}
        </div>
      }
    >
      <div
        id="thread-list"
        role="tabpanel"
        aria-labelledby={`thread-tab-${tab}`}
        className="flex flex-col gap-2.5 p-3"
      >
        <Reachable />
        {composing && tab === 'open' && (
          <NewThread passages={passages} quoted onDone={phone ? stay : onLeave} />
        )}
        {list.map((thread) => (
          <Listed key={thread.id} thread={thread} passages={passages} />
        ))}
        {list.length === 0 && !composing && <Nothing tab={tab} />}
      </div>
    </DeskPanel>
  )
}

function Listed({ thread, passages }: { thread: ShownThread; passages: Passages }) {
  const active = useCell(passages.active)
  const places = useCell(passages.places)
  const { openPanel } = useDesk()
  const phone = usePhone()
  const line = useRef<HTMLDivElement>(null)
  const open = active?.id === thread.id
  useEffect(() => {
    if (open) line.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  const place = thread.anchor ? (places.get(thread.id) ?? (thread.resolved ? null : 'gone')) : null
  const show = () => {
    // On a phone the list is over the text.
    if (phone) openPanel(null)
    passages.show(thread.id)
  }
  return (
    <div ref={line} className="thread-listed">
      <ThreadCard
        thread={thread}
        open={open}
        passage={place}
        quoted
        takesFocus={open && (active?.focus ?? false)}
        onOpen={() => passages.activate(thread.id, { show: !phone })}
        onClose={() => passages.activate(null)}
        onShow={show}
      />
    </div>
  )
}

type TabsProps = { tab: Tab; counts: Readonly<Record<Tab, number>>; onTab: (tab: Tab) => void }

function Tabs({ tab, counts, onTab }: TabsProps) {
  const t = useTranslations('threads.tabs')
  const tabs = ['open', 'resolved'] as const
  return (
    <div
      role="tablist"
      aria-label={t('label')}
      className="flex px-2"
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        const other = tab === 'open' ? 'resolved' : 'open'
        onTab(other)
        event.currentTarget.querySelector<HTMLElement>(`#thread-tab-${other}`)?.focus()
      }}
    >
      {tabs.map((name) => (
        <button
          key={name}
          id={`thread-tab-${name}`}
          type="button"
          role="tab"
          aria-selected={tab === name}
          aria-controls="thread-list"
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onTab(name)}
          className="min-h-(--control) whitespace-nowrap border-transparent border-b-2 px-2.5 text-sm text-soft aria-selected:border-accent aria-selected:font-semibold aria-selected:text-ink"
        >
          {t(name)} <span className="figures text-faint">{counts[name]}</span>
        </button>
      ))}
    </div>
  )
}

/** Whether what is shown is what there is. */
function Reachable() {
  const t = useTranslations('threads')
  const { model } = useThreadPlace()
  const reading = useCell(model.reading)
  const some = useCell(model.threads).length > 0
  if (reading === 'read' || (reading === 'first' && some)) return null
  if (reading === 'first') {
    return (
      <div role="status" aria-label={t('loading')} className="flex flex-col gap-2.5">
        <Skeleton className="h-20 w-full" />
        <Skeleton className="h-20 w-full" />
      </div>
    )
  }
  return (
    <Banner
      tone="warn"
      action={
        <Button size="small" onClick={() => void model.load()}>
          {t('again')}
        </Button>
      }
    >
      {some ? t('unreachableKept') : t('unreachable')}
    </Banner>
  )
}

function Nothing({ tab }: { tab: Tab }) {
  const t = useTranslations('threads.empty')
  const { model } = useThreadPlace()
  const { modifier } = useCommands()
  const rights = useThreadRights()
  const touch = matchMedia('(pointer: coarse)').matches
  if (useCell(model.reading) !== 'read') return null
  const how = rights.comment
    ? touch
      ? t('openTouch')
      : t('openText', { keys: `${modifier} Alt M` })
    : t('openRead')
  return (
    <EmptyState icon={<MessageSquareText />} title={tab === 'open' ? t('open') : t('resolved')}>
      {tab === 'open' ? how : t('resolvedText')}
    </EmptyState>
  )
}
