'use client'

import { Archive, NotebookPen, Plus, SearchX } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { keepPage } from '#app/_collab/keep-page.ts'
import { Button } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { Page } from '#app/_ui/page.tsx'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { DraftLine } from './draft-line.tsx'
import { addressOf, type ListFilter, readFilter } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import type { DraftLines } from './list-state.ts'
import { useDraftActs } from './use-draft-acts.ts'
import { useDraftList } from './use-draft-list.ts'
import { useListKeys } from './use-list-keys.ts'

type Props = {
  first: DraftLines & { filter: ListFilter }
  me: string
  may: { create: boolean; edit: boolean; archiveAny: boolean; archiveOwn: boolean; plan: boolean }
  people: readonly { id: string; name: string }[]
  keepOffline: boolean
}

const loadPlanDraft = () => import('./plan-draft.tsx').then((module) => module.PlanDraft)
const loadRenameDialog = () => import('./rename-dialog.tsx').then((module) => module.RenameDialog)

/** All drafts: found, begun and put away here. */
export function DraftsDesk({ first, me, may, people, keepOffline }: Props) {
  const t = useTranslations('drafts')
  const params = useSearchParams()
  const filter = readFilter((name) => params.get(name))
  const list = useDraftList(first, filter)
  const acts = useDraftActs({ onGone: list.drop, onKept: list.again })
  const [renaming, setRenaming] = useState<DraftSummary | null>(null)
  const { Part: RenameDialog, want: wantRenameDialog } = useOnDemand(loadRenameDialog)
  const rename = (draft: DraftSummary) => {
    wantRenameDialog()
    setRenaming(draft)
  }
  const [planning, setPlanning] = useState<DraftSummary | null>(null)
  const { Part: PlanDraft, want: wantPlanDraft } = useOnDemand(loadPlanDraft)
  const plan = (draft: DraftSummary) => {
    wantPlanDraft()
    setPlanning(draft)
  }
  const searchField = useRef<HTMLInputElement>(null)
  const { creating, create } = useCreating(acts.create)
  useListKeys({ onCreate: may.create ? create : null, onSearch: () => searchField.current?.focus() })

  useEffect(() => keepPage(me, keepOffline), [me, keepOffline])
  // The palette, from any page: `/drafts?new` begins a draft. The address forgets it first, so that «back» does not.
  const asked = params.has('new') && may.create
  useEffect(() => {
    if (!asked) return
    history.replaceState(null, '', '/drafts')
    create()
  }, [asked, create])

  // The address without a new page: the lines are asked for beside it.
  const change = useCallback((next: ListFilter) => history.replaceState(null, '', addressOf(next)), [])
  const newButton = may.create && (
    <Button kind="primary" onClick={create} busy={creating}>
      <Plus aria-hidden="true" className="size-4" />
      {t('new')}
    </Button>
  )
  const { drafts, more } = list.shown
  return (
    <Page title={t('title')} actions={newButton}>
      <FilterBar
        filter={filter}
        onChange={change}
        busy={list.busy}
        people={people}
        searchField={searchField}
      />
      {drafts.length === 0 ? (
        <Nothing
          filter={list.shown.filter}
          onClear={() => change({ ...filter, search: '', by: null })}
          action={newButton}
        />
      ) : (
        <ul aria-label={t('title')} aria-busy={list.busy}>
          {drafts.map((draft) => (
            <DraftLine
              key={draft.id}
              draft={draft}
              may={{ ...may, archive: may.archiveAny || (may.archiveOwn && draft.createdBy === me) }}
              acts={acts}
              onRename={() => rename(draft)}
              onPlan={() => plan(draft)}
            />
          ))}
        </ul>
      )}
      {more && (
        <div className="flex justify-center pt-5">
          <Button onClick={() => void list.loadMore()} busy={list.busy}>
            {t('more')}
          </Button>
        </div>
      )}
      {planning && PlanDraft && (
        <PlanDraft
          key={planning.id}
          draft={planning}
          onPlanned={() => {}}
          onClose={() => setPlanning(null)}
        />
      )}
      {renaming && RenameDialog && <RenameDialog draft={renaming} onClose={() => setRenaming(null)} />}
    </Page>
  )
}

/** One draft at a time, however often the key is pressed while the first is on its way. */
function useCreating(begin: () => Promise<boolean>) {
  const [creating, setCreating] = useState(false)
  const underWay = useRef(false)
  const latest = useRef(begin)
  latest.current = begin
  const create = useCallback(() => {
    if (underWay.current) return
    underWay.current = true
    setCreating(true)
    void latest.current().then(() => {
      underWay.current = false
      setCreating(false)
    })
  }, [])
  return { creating, create }
}

type NothingProps = { filter: ListFilter; onClear: () => void; action: React.ReactNode }

function Nothing({ filter, onClear, action }: NothingProps) {
  const t = useTranslations('drafts.empty')
  if (filter.search.trim() !== '' || filter.by) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('notFound')}
        action={<Button onClick={onClear}>{t('clear')}</Button>}
      >
        {t('notFoundHint')}
      </EmptyState>
    )
  }
  if (filter.state === 'archived') {
    return (
      <EmptyState icon={<Archive />} title={t('noArchived')}>
        {t('noArchivedHint')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<NotebookPen />} title={t('none')} action={action}>
      {action ? t('noneHint') : t('noneHintReader')}
    </EmptyState>
  )
}
