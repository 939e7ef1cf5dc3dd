'use client'

import { Bookmark, History, UserRoundPen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import type { RevisionHead } from '#lib/protocol/history.ts'
import { useDesk } from '../desk.tsx'
import { DeskPanel } from '../desk-panel.tsx'
import { useMoments } from './moment.ts'
import { NameDialog } from './name-dialog.tsx'
import { RevisionDialog, type Shown } from './revision-dialog.tsx'
import { TimelineLine } from './timeline-line.tsx'
import { useTimeline } from './use-timeline.ts'
import './history.css'

/** The timeline of a draft: what was kept of it, when, and by whom it was written. */
export function TimelinePanel() {
  const t = useTranslations('history')
  const { draftId, editable, openPanel } = useDesk()
  const [shown, setShown] = useState<Shown | null>(null)
  const [naming, setNaming] = useState<RevisionHead | 'now' | null>(null)
  const { timeline, error, again, more } = useTimeline(draftId)
  return (
    <DeskPanel
      title={t('title')}
      onClose={() => openPanel(null)}
      head={
        editable && (
          <div className="px-4 py-2">
            <Button size="small" onClick={() => setNaming('now')}>
              <Bookmark aria-hidden="true" className="size-4" />
              {t('nameNow')}
            </Button>
          </div>
        )
      }
    >
      <button type="button" className="timeline-now" onClick={() => setShown('now')}>
        <UserRoundPen aria-hidden="true" className="size-4 shrink-0 text-accent" />
        <span className="grow font-medium">{t('now')}</span>
        <span className="text-soft text-sm">{t('view.authors')}</span>
      </button>
      {timeline ? (
        <Days {...timeline} onOpen={setShown} onName={editable ? setNaming : null} />
      ) : (
        <Loading error={error} onAgain={again} />
      )}
      {timeline?.more && (
        <div className="px-4 py-3">
          <Button size="small" onClick={more}>
            {t('more')}
          </Button>
        </div>
      )}
      {shown && <RevisionDialog shown={shown} onClose={() => setShown(null)} />}
      {naming && (
        <NameDialog
          draftId={draftId}
          revision={naming === 'now' ? null : naming}
          onClose={() => setNaming(null)}
        />
      )}
    </DeskPanel>
  )
}

type DaysProps = {
  revisions: readonly RevisionHead[]
  more: boolean
  onOpen: (id: RevisionHead['id']) => void
  onName: ((revision: RevisionHead) => void) | null
}

function Days({ revisions, more, onOpen, onName }: DaysProps) {
  const t = useTranslations('history')
  const { dayOf } = useMoments()
  if (revisions.length === 0) {
    return (
      <EmptyState icon={<History />} title={t('emptyTitle')}>
        {t('empty')}
      </EmptyState>
    )
  }
  const days = new Map<string, RevisionHead[]>()
  for (const revision of revisions) {
    const day = dayOf(revision.createdAt)
    days.set(day, [...(days.get(day) ?? []), revision])
  }
  return [...days].map(([day, lines]) => (
    <section key={day}>
      <h3 className="kicker timeline-day">{day}</h3>
      <ol className="timeline">
        {lines.map((revision) => (
          <TimelineLine
            key={revision.id}
            revision={revision}
            oldest={!more && revision === revisions.at(-1)}
            onOpen={() => onOpen(revision.id)}
            onName={onName && (() => onName(revision))}
          />
        ))}
      </ol>
    </section>
  ))
}

function Loading({ error, onAgain }: { error: string | null; onAgain: () => void }) {
  const t = useTranslations('history')
  const common = useTranslations('common')
  const errorText = useErrorText()
  if (error) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 px-4 py-4 text-soft">
        <p>
          {t('failed')} {errorText(error)}
        </p>
        <Button size="small" onClick={onAgain}>
          {common('retry')}
        </Button>
      </div>
    )
  }
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-4 px-4 py-4">
      {[0, 1, 2].map((line) => (
        <Skeleton key={line} className="h-12 w-full" />
      ))}
    </div>
  )
}
