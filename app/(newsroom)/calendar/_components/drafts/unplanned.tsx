'use client'

import { CalendarPlus, GripVertical, NotebookPen, X } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { SearchField } from '#app/_ui/search-field.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { StageBadge } from '#app/(newsroom)/drafts/_components/stage-badge.tsx'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { showDialog } from '../dialog-asked.ts'
import { useCalendar } from '../model.ts'
import { useUnplanned } from './unplanned-list.ts'
import { showUnplanned, unplannedOpen } from './unplanned-open.ts'

/** Holds the lines that can be dragged onto the grids: `[data-draft-id]`, with `data-draft-title`. */
const UNPLANNED_ID = 'calendar-unplanned'

/** Opens and closes the panel; for the toolbar. */
export function UnplannedButton() {
  const t = useTranslations('calendar.unplanned')
  const open = useCell(unplannedOpen)
  return (
    <IconButton
      label={t('title')}
      pressed={open}
      aria-controls={open ? UNPLANNED_ID : undefined}
      onClick={() => showUnplanned(!open)}
    >
      <NotebookPen aria-hidden="true" />
    </IconButton>
  )
}

/** Drafts that have no place in the plan yet: beside the plan, or over the foot of a phone. */
export function Unplanned() {
  return useCell(unplannedOpen) ? <Panel /> : null
}

function Panel() {
  const t = useTranslations('calendar.unplanned')
  const common = useTranslations('common')
  const [search, setSearch] = useState('')
  const panel = useRef<HTMLElement>(null)
  // Escape closes what covers the plan on a phone, and gives the keyboard back to its button.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        panel.current?.contains(document.activeElement)
      )
        showUnplanned(false)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <aside
      ref={panel}
      id={UNPLANNED_ID}
      aria-label={t('title')}
      className="flex w-72 shrink-0 flex-col border-rule border-l bg-paper max-lg:fixed max-lg:inset-x-0 max-lg:bottom-(--foot) max-lg:z-16 max-lg:max-h-[55dvh] max-lg:w-auto max-lg:animate-[rise_160ms_ease-out] max-lg:rounded-t-lg max-lg:border-ink max-lg:border-t-3 max-lg:border-l-0 max-lg:bg-sheet max-lg:shadow-lift"
    >
      <div className="flex items-center justify-between gap-2 pt-2 pr-1 pl-4">
        <h2 className="font-semibold font-serif text-lg">{t('title')}</h2>
        <IconButton label={common('close')} onClick={() => showUnplanned(false)}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      <SearchField label={t('search')} value={search} onChange={setSearch} className="mx-4 mb-2" />
      <Drafts search={search.trim()} />
    </aside>
  )
}

function Drafts({ search }: { search: string }) {
  const t = useTranslations('calendar.unplanned')
  const common = useTranslations('common')
  const { rights } = useCalendar()
  const { drafts, more, failed, readMore, again } = useUnplanned(search)
  if (!drafts) {
    return failed ? (
      <div className="px-4 py-3 text-soft text-sm">
        <p>{t('unreachable')}</p>
        <Button size="small" className="mt-2" onClick={again}>
          {common('retry')}
        </Button>
      </div>
    ) : (
      <div className="flex flex-col gap-2 px-4 py-2">
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </div>
    )
  }
  return (
    <div className="min-h-0 grow overflow-y-auto overscroll-contain px-2 pb-3">
      {drafts.length === 0 && (
        <p className="px-2 py-4 text-soft text-sm">{search ? t('notFound') : t('none')}</p>
      )}
      {drafts.length > 0 && rights.write && (
        <p className="px-2 pb-1.5 text-faint text-xs pointer-coarse:hidden">{t('how')}</p>
      )}
      <ul aria-label={t('title')}>
        {drafts.map((draft) => (
          <DraftLine key={draft.id} draft={draft} mayPlan={rights.write} />
        ))}
      </ul>
      {more && (
        <div className="flex justify-center pt-2">
          <Button kind="ghost" size="small" onClick={readMore}>
            {t('more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function DraftLine({ draft, mayPlan }: { draft: DraftSummary; mayPlan: boolean }) {
  const t = useTranslations('calendar.unplanned')
  const title = draft.title || t('untitled')
  return (
    <li
      data-draft-id={mayPlan ? draft.id : undefined}
      data-draft-title={title}
      className="group/draft mb-1.5 flex items-start gap-1 rounded-sm border border-rule bg-sheet py-2 pr-1 pl-1.5 hover:border-edge data-draft-id:cursor-grab"
    >
      {mayPlan && <GripVertical aria-hidden="true" className="mt-1 size-4 shrink-0 text-faint" />}
      <div className="min-w-0 grow">
        <Link
          href={`/drafts/${draft.id}`}
          draggable={false}
          className="line-clamp-2 font-semibold font-serif leading-snug hover:underline"
        >
          {title}
        </Link>
        {draft.excerpt && <p className="line-clamp-1 text-faint text-sm">{draft.excerpt}</p>}
        <div className="mt-1">
          <StageBadge stage={draft.stage} />
        </div>
      </div>
      {mayPlan && (
        <IconButton
          label={t('plan', { title })}
          onClick={() => showDialog({ name: 'planDraft', draft })}
          className="size-(--control-small)"
        >
          <CalendarPlus aria-hidden="true" />
        </IconButton>
      )}
    </li>
  )
}
