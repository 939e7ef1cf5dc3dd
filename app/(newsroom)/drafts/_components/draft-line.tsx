'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { usePeopleIn } from '#app/_collab/newsroom.tsx'
import { AvatarStack } from '#app/_ui/avatar.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { DraftMenu } from './draft-menu.tsx'
import { StageBadge } from './stage-badge.tsx'
import type { DraftActs } from './use-draft-acts.ts'

type Props = {
  draft: DraftSummary
  may: { create: boolean; edit: boolean; archive: boolean; plan: boolean }
  acts: DraftActs
  onRename: () => void
  onPlan: () => void
}

/** One draft in the list: what it says, who touched it last, who is in it now. All of the line leads to it. */
export function DraftLine({ draft, may, acts, onRename, onPlan }: Props) {
  const t = useTranslations('drafts')
  const title = draft.title || t('untitled')
  const archived = draft.archivedAt !== null
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 border-rule border-b py-2 pl-1 transition-colors hover:bg-well has-[a:focus-visible]:bg-well sm:grid-cols-[minmax(0,1fr)_5.5rem_12.5rem_auto]">
      <div className="min-w-0 py-0.5">
        <h2 className="truncate font-semibold font-serif text-[1.0625rem] leading-snug">
          <Link
            href={`/drafts/${draft.id}`}
            className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {title}
          </Link>
        </h2>
        <div className="mt-0.5 flex items-center gap-2">
          <StageBadge stage={draft.stage} />
          <p className="truncate text-faint text-sm">{draft.excerpt || t('noText')}</p>
        </div>
      </div>
      <HereNow draftId={draft.id} />
      <LastTouch draft={draft} />
      <div className="relative max-sm:col-start-3 max-sm:row-span-2 max-sm:row-start-1">
        <DraftMenu
          id={draft.id}
          label={t('actions', { title })}
          archived={archived}
          may={may}
          acts={acts}
          onRename={may.edit && !archived ? onRename : undefined}
          onPlan={may.plan && !archived ? onPlan : null}
        />
      </div>
    </li>
  )
}

function HereNow({ draftId }: { draftId: string }) {
  const t = useTranslations('drafts')
  const people = usePeopleIn(draftId)
  const names = people.map(({ name }) => name).join(', ')
  return (
    <div className="flex justify-end max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1">
      <AvatarStack people={people} label={t('hereNow', { names })} />
    </div>
  )
}

function LastTouch({ draft }: { draft: DraftSummary }) {
  const t = useTranslations('drafts')
  const { lastEditor, lastEditedAt } = draft
  return (
    <p className="flex min-w-0 items-center gap-2 text-soft text-sm max-sm:col-start-1">
      <span className="flex min-w-0 gap-x-1.5 sm:block">
        <span className="block truncate">{lastEditor?.name ?? t('nobody')}</span>
        <span aria-hidden="true" className="text-faint sm:hidden">
          ·
        </span>
        <RelativeTime at={lastEditedAt} className="block shrink-0 text-faint sm:text-xs" />
      </span>
    </p>
  )
}
