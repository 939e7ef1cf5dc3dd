'use client'

import { FilePlus2, Link2, NotebookPen, Unlink } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { buttonLook } from '#app/_ui/button-look.ts'
import { Kbd } from '#app/_ui/kbd.tsx'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { draftFaces } from '../../actions.ts'
import type { PlaceProps } from '../fields/slot-fields-props.ts'
import { type DraftFace, useCalendar } from '../model.ts'
import { useDraftLinkActs } from './draft-link-acts.ts'

const loadDialog = () => import('./draft-link-dialog.tsx').then((module) => module.DraftLinkDialog)

type Props = Pick<PlaceProps, 'slot' | 'day' | 'editable'> & { draft: DraftFace | null }

/** The slot’s text: to open, to begin, to choose or to let go. */
export function DraftLink(props: Props) {
  const { slot, draft, editable } = props
  if (slot.draft === null) return editable ? <NoDraft {...props} /> : null
  return draft ? <Linked {...props} draft={draft} /> : <Unknown {...props} id={slot.draft} />
}

function Part({ children }: { children: ReactNode }) {
  const t = useTranslations('calendar.sheet.draft')
  return <section aria-label={t('label')}>{children}</section>
}

function NoDraft({ slot, day }: Props) {
  const t = useTranslations('calendar.sheet.draft')
  const { begin, link } = useDraftLinkActs(slot, day)
  const [busy, setBusy] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const { Part: Dialog, want } = useOnDemand(loadDialog)
  return (
    <Part>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          busy={busy}
          aria-label={t('beginHere')}
          onClick={() => {
            setBusy(true)
            void begin().finally(() => setBusy(false))
          }}
        >
          <FilePlus2 aria-hidden="true" className="size-4" />
          {t('begin')}
        </Button>
        <Button
          size="small"
          kind="ghost"
          onClick={() => {
            want()
            setChoosing(true)
          }}
        >
          <Link2 aria-hidden="true" className="size-4" />
          {t('choose')}
        </Button>
      </div>
      {slot.repeat !== null && <p className="mt-1.5 text-faint text-sm">{t('thisOnly')}</p>}
      {choosing && Dialog && <Dialog onChoose={(one) => void link(one)} onClose={() => setChoosing(false)} />}
    </Part>
  )
}

function Linked({ slot, day, editable, draft }: Props & { draft: DraftFace }) {
  const t = useTranslations('calendar.sheet.draft')
  const { unlink } = useDraftLinkActs(slot, day)
  return (
    <Part>
      {draft.archived && <p className="mb-2 text-sm text-warn">{t('archived')}</p>}
      <div className="flex flex-wrap gap-2">
        <Link href={`/drafts/${draft.id}`} aria-keyshortcuts="o" className={buttonLook('quiet', 'small')}>
          <NotebookPen aria-hidden="true" className="size-4" />
          {t('open')}
          <span aria-hidden="true" className="text-faint pointer-coarse:hidden">
            <Kbd keys="o" />
          </span>
        </Link>
        {editable && (
          <Button size="small" kind="ghost" onClick={() => unlink(draft.title)}>
            <Unlink aria-hidden="true" className="size-4" />
            {t('unlink')}
          </Button>
        )}
      </div>
    </Part>
  )
}

/** A draft that the page has not been told of: on its way, or no longer there. */
function Unknown({ slot, day, editable, id }: Props & { id: DraftId }) {
  const t = useTranslations('calendar.sheet.draft')
  const { unlink } = useDraftLinkActs(slot, day)
  if (!useIsMissing(id))
    return (
      <Part>
        <p className="text-faint text-sm">{t('loading')}</p>
      </Part>
    )
  return (
    <Part>
      <p className="border-warn border-l-3 bg-warn-wash px-3 py-2 text-sm">{t('missing')}</p>
      {editable && (
        <Button size="small" className="mt-2" onClick={() => unlink('')}>
          <Unlink aria-hidden="true" className="size-4" />
          {t('unlink')}
        </Button>
      )}
    </Part>
  )
}

/** Whether the server knows no such draft; false as long as it could not be asked. */
function useIsMissing(id: DraftId): boolean {
  const [missing, setMissing] = useState(false)
  const { wantDrafts } = useCalendar()
  useEffect(() => {
    let asked = true
    setMissing(false)
    wantDrafts([id])
    void attempt(() => draftFaces({ ids: [id] })).then((answer) => {
      if (asked) setMissing(answer.ok && answer.value.length === 0)
    })
    return () => {
      asked = false
    }
  }, [id, wantDrafts])
  return missing
}
