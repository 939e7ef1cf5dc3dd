'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { SearchField } from '#app/_ui/search-field.tsx'
import { Spinner } from '#app/_ui/spinner.tsx'
import { StageBadge } from '#app/(newsroom)/drafts/_components/stage-badge.tsx'
import { type DraftId, parseDraftId } from '#lib/domain/ids.ts'
import { useUnplanned } from './unplanned-list.ts'

type Props = {
  onChoose: (draft: { id: DraftId; title: string }) => void
  onClose: () => void
}

/** Drafts that have no place in the plan yet: one of them becomes the slot’s text. */
export function DraftLinkDialog({ onChoose, onClose }: Props) {
  const t = useTranslations('calendar.sheet.draft')
  const common = useTranslations('common')
  const [search, setSearch] = useState('')
  const { drafts, more, failed, readMore, again } = useUnplanned(search.trim())
  const list = useRef<HTMLUListElement>(null)

  /** Arrows lead from the field into the list and through it. */
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const lines = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = lines.indexOf(document.activeElement as HTMLButtonElement)
    const next = lines[at + (event.key === 'ArrowDown' ? 1 : -1)]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('chooseTitle')}
      closeLabel={common('close')}
      size="wide"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows are a short cut between controls that Tab reaches. */}
      <div onKeyDown={onKeyDown}>
        <SearchField label={t('search')} value={search} onChange={setSearch} />
        <p role="status" className="py-2 text-soft text-sm">
          {drafts?.length === 0 && t(search ? 'notFound' : 'none')}
          {drafts === null && (failed ? t('unreachable') : <Spinner />)}
        </p>
        {failed && drafts === null && (
          <Button size="small" onClick={again}>
            {common('retry')}
          </Button>
        )}
        <ul ref={list} aria-label={t('unplanned')}>
          {drafts?.map((draft) => {
            const id = parseDraftId(draft.id)
            return (
              <li key={draft.id} className="border-rule border-b">
                <button
                  type="button"
                  onClick={() => {
                    if (id) onChoose({ id, title: draft.title })
                    onClose()
                  }}
                  className="flex min-h-(--control) w-full items-center gap-3 rounded-sm px-2 py-2 text-left hover:bg-well focus-visible:-outline-offset-2"
                >
                  <span className="min-w-0 grow">
                    <span className="block truncate font-semibold font-serif">
                      {draft.title || t('untitled')}
                    </span>
                    <RelativeTime at={draft.lastEditedAt} className="block text-faint text-sm" />
                  </span>
                  <StageBadge stage={draft.stage} />
                </button>
              </li>
            )
          })}
        </ul>
        {more && (
          <Button className="mt-3" size="small" onClick={readMore}>
            {t('more')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
