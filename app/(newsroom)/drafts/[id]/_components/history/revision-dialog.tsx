'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { ArrowLeft, ClipboardCopy, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useRef } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { IconButton, iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Spinner } from '#app/_ui/spinner.tsx'
import { toast } from '#app/_ui/toast.ts'
import { canonicalText, plainTextOf } from '#lib/documents/draft/text.ts'
import type { DraftText } from '#lib/domain/body.ts'
import type { RevisionId } from '#lib/domain/ids.ts'
import type { RevisionView, Wording } from '#lib/protocol/history.ts'
import { useDesk } from '../desk.tsx'
import { usePhone } from '../use-phone.ts'
import { AuthorsView } from './authors-view.tsx'
import { Choices } from './choices.tsx'
import { useKeptChoice } from './kept-choice.ts'
import { useMoments } from './moment.ts'
import { useNames } from './names.ts'
import { PastText } from './past-text.tsx'
import { RevisionDiff } from './revision-diff.tsx'
import { useTextNow } from './text-now.ts'
import { useNowWording } from './use-now-wording.ts'
import { useRestore } from './use-restore.tsx'
import { useRevision } from './use-revision.ts'
import './history.css'

/** `now`: what the draft says at this moment. */
export type Shown = RevisionId | 'now'

type Props = { shown: Shown; onClose: () => void }

/** A version of the draft over the whole page: to read, to compare, and to see who wrote it. */
export function RevisionDialog({ shown, onClose }: Props) {
  const t = useTranslations('history')
  const sheet = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Popup
          ref={sheet}
          initialFocus={sheet}
          className="fixed inset-0 z-40 flex animate-[appear_120ms_ease-out] flex-col bg-paper text-ink outline-none"
        >
          {shown === 'now' ? <Now label={t('view.back')} /> : <Past id={shown} onClose={onClose} />}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Now({ label }: { label: string }) {
  const t = useTranslations('history')
  const { draftId } = useDesk()
  const { wording, error, again } = useNowWording(draftId)
  return (
    <>
      <Head title={t('now')} about={t('nowText')} back={label} />
      {wording ? <Authors wording={wording} /> : <Waiting error={error} onAgain={again} />}
    </>
  )
}

function Past({ id, onClose }: { id: RevisionId; onClose: () => void }) {
  const t = useTranslations('history')
  const { editable } = useDesk()
  const { revision, error, again } = useRevision(id)
  const { momentOf } = useMoments()
  const { namesOf } = useNames()
  const { ask, dialog } = useRestore(onClose)
  const moment = revision && t('view.revision', { moment: momentOf(revision.createdAt) })
  const by = revision && revision.authors.length > 0 ? t('by', { names: namesOf(revision.authors) }) : null
  const about = [t(`kinds.${revision?.kind ?? 'session'}`), revision?.name ? moment : null, by]
  return (
    <>
      <Head
        title={revision?.name ?? moment ?? ''}
        about={revision ? about.filter((part) => part !== null).join(' · ') : ''}
        back={t('view.back')}
      >
        {revision && editable && (
          <Button kind="primary" aria-label={t('view.restore')} onClick={() => ask(revision)}>
            <RotateCcw aria-hidden="true" className="size-4 max-sm:hidden" />
            <span className="sm:hidden">{t('restore.confirm')}</span>
            <span className="max-sm:hidden">{t('view.restore')}</span>
          </Button>
        )}
      </Head>
      {revision ? <Views revision={revision} /> : <Waiting error={error} onAgain={again} />}
      {dialog}
    </>
  )
}

type HeadProps = { title: string; about: string; back: string; children?: React.ReactNode }

function Head({ title, about, back, children }: HeadProps) {
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-2 border-rule border-b px-1.5 py-1 sm:px-3">
      <Base.Close aria-label={back} title={back} className={iconButtonLook()}>
        <ArrowLeft aria-hidden="true" />
      </Base.Close>
      <div className="min-w-0 grow">
        <Base.Title className="line-clamp-2 font-semibold font-serif leading-tight sm:text-lg">
          {title}
        </Base.Title>
        <p className="truncate text-soft text-xs">{about}</p>
      </div>
      {children}
    </header>
  )
}

function Waiting({ error, onAgain }: { error: string | null; onAgain: () => void }) {
  const t = useTranslations('history')
  const common = useTranslations('common')
  const errorText = useErrorText({ missing: t('missing') })
  if (error === null) {
    return (
      <div className="grid grow place-items-center text-faint">
        <Spinner />
      </div>
    )
  }
  return (
    <div
      role="alert"
      className="mx-auto flex max-w-sm flex-col items-center gap-3 py-16 text-center text-soft"
    >
      <p>{errorText(error)}</p>
      {error !== 'missing' && <Button onClick={onAgain}>{common('retry')}</Button>}
    </div>
  )
}

const MODES = ['compare', 'read', 'authors'] as const
const AGAINST = ['previous', 'now'] as const
const LAYOUTS = ['inline', 'beside'] as const

function Views({ revision }: { revision: RevisionView }) {
  const t = useTranslations('history.view')
  const [mode, setMode] = useKeptChoice('pupitre.history.mode', MODES)
  const choices = [
    { value: 'compare', label: t('compare') },
    { value: 'read', label: t('read') },
    { value: 'authors', label: t('authors') },
  ] as const
  const text = useMemo(() => canonicalText(revision), [revision])
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-rule border-b bg-sheet px-3 py-1.5">
        <Choices label={t('modes')} value={mode} options={choices} onChange={setMode} />
        {mode !== 'compare' && <CopyAll text={text} />}
      </div>
      {mode === 'compare' && <Compare revision={revision} text={text} />}
      {mode === 'read' && (
        <div className="min-h-0 grow overflow-y-auto px-4 py-6">
          <PastText text={text} />
        </div>
      )}
      {mode === 'authors' && <Authors wording={revision} />}
    </>
  )
}

function Authors({ wording }: { wording: Wording }) {
  const text = useMemo(() => canonicalText(wording), [wording])
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <AuthorsView text={text} passages={wording.passages} />
    </div>
  )
}

function Compare({ revision, text }: { revision: RevisionView; text: DraftText }) {
  const t = useTranslations('history.view')
  const phone = usePhone()
  const { room } = useDesk()
  const [against, setAgainst] = useKeptChoice('pupitre.history.against', AGAINST)
  const [layout, setLayout] = useKeptChoice('pupitre.history.layout', LAYOUTS)
  const now = useTextNow(against === 'now' ? room : null)
  const { revision: previous, error, again } = useRevision(against === 'previous' ? revision.previous : null)
  const before = useMemo(() => previous && canonicalText(previous), [previous])
  const withNow = against === 'now'
  const againsts = [
    { value: 'previous', label: t('againstPrevious') },
    { value: 'now', label: t('againstNow') },
  ] as const
  const layouts = [
    { value: 'inline', label: t('inline') },
    { value: 'beside', label: t('beside') },
  ] as const
  const first = !withNow && revision.previous === null
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="flex flex-wrap items-center gap-2 bg-sheet px-3 pt-1.5 text-sm">
        <Choices label={t('against')} value={against} options={againsts} onChange={setAgainst} />
        {!phone && <Choices label={t('layout')} value={layout} options={layouts} onChange={setLayout} />}
      </div>
      {first && <p className="px-4 pt-3 text-soft text-sm">{t('first')}</p>}
      {error ? (
        <Waiting error={error} onAgain={again} />
      ) : (
        <RevisionDiff
          before={withNow ? text : first ? NOTHING : before}
          after={withNow ? now : text}
          layout={phone ? 'inline' : layout}
          copies={withNow ? 'before' : 'after'}
          sides={{
            before: t(withNow ? 'this' : 'againstPrevious'),
            after: t(withNow ? 'againstNow' : 'this'),
          }}
        />
      )}
    </div>
  )
}

const NOTHING: DraftText = { title: '', body: [] }

function CopyAll({ text }: { text: DraftText }) {
  const t = useTranslations('history')
  const copy = () =>
    navigator.clipboard
      .writeText([text.title, plainTextOf(text.body)].filter((part) => part !== '').join('\n\n'))
      .then(
        () => toast.done(t('allCopied')),
        () => toast.failed(t('notCopied')),
      )
  return (
    <IconButton label={t('copyAll')} onClick={copy} className="ml-auto">
      <ClipboardCopy aria-hidden="true" />
    </IconButton>
  )
}
