'use client'

import { FileUp, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type DragEvent, useId, useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Banner } from '#app/_ui/banner.tsx'
import { Button } from '#app/_ui/button.tsx'
import { classNames } from '#app/_ui/class-names.ts'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { Spinner } from '#app/_ui/spinner.tsx'
import type { DialogProps } from '../dialog-asked.ts'
import { Counts, PreviewLists, SkippedList } from './import-preview.tsx'
import type { Progress } from './import-requests.ts'
import { type Step, useImport } from './import-run.ts'

/** Brings in the events of a calendar file: first what would come, then what came. */
export function ImportDialog({ asked: { file }, onClose }: DialogProps<'import'>) {
  const t = useTranslations('calendar.import')
  const common = useTranslations('common')
  const { step, choose, run, stop } = useImport(file)
  return (
    <Dialog
      open
      size="wide"
      // A press beside the sheet must not cut an import in two.
      onOpenChange={(open) => !open && step.at !== 'importing' && onClose()}
      title={t('title')}
      closeLabel={common('close')}
    >
      {step.at === 'choose' && <Choose error={step.error} onChoose={(chosen) => void choose(chosen)} />}
      {step.at === 'reading' && <Waiting words={t('reading', { name: step.file.name })} onStop={stop} />}
      {step.at === 'preview' && <Previewed step={step} onBack={stop} onImport={() => void run(step.file)} />}
      {step.at === 'importing' && <Importing progress={step.progress} onStop={stop} />}
      {step.at === 'stopped' && <Stopped step={step} onClose={onClose} />}
      {step.at === 'done' && <Done step={step} onClose={onClose} />}
    </Dialog>
  )
}

function Choose({ error, onChoose }: { error: string | null; onChoose: (file: File) => void }) {
  const t = useTranslations('calendar.import')
  const errorText = useImportErrorText()
  const id = useId()
  const [over, setOver] = useState(false)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onChoose(file)
  }
  return (
    <div className="flex flex-col gap-4">
      <FormError>{errorText(error)}</FormError>
      <p className="text-soft">{t('how')}</p>
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={classNames(
          'flex min-h-36 cursor-pointer flex-col items-center justify-center gap-2 rounded-md border-2 border-edge border-dashed px-4 py-6 text-center hover:border-ink hover:bg-well has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
          over && 'border-accent bg-accent-wash',
        )}
      >
        <FileUp aria-hidden="true" className="size-7 stroke-[1.25] text-faint" />
        <span className="font-medium">{t('choose')}</span>
        <span className="text-faint text-sm">{t('drop')}</span>
        <input
          id={id}
          type="file"
          accept=".ics,text/calendar"
          className="sr-only"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) onChoose(file)
          }}
        />
      </label>
    </div>
  )
}

function Waiting({ words, onStop }: { words: string; onStop: () => void }) {
  const common = useTranslations('common')
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 py-6">
      <p role="status" className="flex items-center gap-3">
        <Spinner />
        {words}
      </p>
      <Button onClick={onStop}>{common('cancel')}</Button>
    </div>
  )
}

type PreviewedProps = { step: Extract<Step, { at: 'preview' }>; onBack: () => void; onImport: () => void }

function Previewed({ step: { file, preview }, onBack, onImport }: PreviewedProps) {
  const t = useTranslations('calendar.import')
  const coming = preview.added.length + preview.updated.length
  return (
    <div className="flex flex-col gap-4">
      <p className="truncate text-soft">{file.name}</p>
      <Counts
        added={preview.added.length}
        updated={preview.updated.length}
        unchanged={preview.unchanged}
        skipped={preview.skipped.length}
      />
      <PreviewLists preview={preview} />
      <p className="text-soft text-sm">{coming > 0 ? t('nothingYet') : t('nothingNew')}</p>
      <div className="sticky bottom-0 -mb-1 flex flex-wrap justify-end gap-2 bg-sheet py-2">
        <Button onClick={onBack}>{t('otherFile')}</Button>
        {coming > 0 && (
          <Button kind="primary" onClick={onImport}>
            {t('import', { count: coming })}
          </Button>
        )}
      </div>
    </div>
  )
}

function Importing({ progress, onStop }: { progress: Progress | null; onStop: () => void }) {
  const t = useTranslations('calendar.import')
  const id = useId()
  const words = progress ? t('progress', { done: progress.done, of: progress.of }) : t('starting')
  return (
    <div className="flex flex-col gap-3 py-4">
      <p id={id} className="figures" aria-live="polite">
        {words}
      </p>
      <progress
        aria-labelledby={id}
        max={progress?.of || undefined}
        value={progress?.done}
        className="h-2 w-full appearance-none overflow-hidden rounded-sm bg-rule accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-rule [&::-webkit-progress-value]:bg-accent"
      />
      <div className="flex justify-end">
        <Button onClick={onStop}>{t('stop')}</Button>
      </div>
    </div>
  )
}

function Stopped({ step, onClose }: { step: Extract<Step, { at: 'stopped' }>; onClose: () => void }) {
  const t = useTranslations('calendar.import')
  const common = useTranslations('common')
  const errorText = useImportErrorText()
  const { progress, error } = step
  return (
    <div className="flex flex-col gap-4">
      <FormError>{errorText(error)}</FormError>
      <p className="flex items-start gap-2.5">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-warn" />
        {progress ? t('stopped', { done: progress.done, of: progress.of }) : t('stoppedEarly')}
      </p>
      <div className="flex justify-end">
        <Button kind="primary" onClick={onClose}>
          {common('close')}
        </Button>
      </div>
    </div>
  )
}

function Done({ step: { outcome }, onClose }: { step: Extract<Step, { at: 'done' }>; onClose: () => void }) {
  const t = useTranslations('calendar.import')
  const common = useTranslations('common')
  return (
    <div className="flex flex-col gap-4">
      <Banner>{t('done')}</Banner>
      <Counts {...outcome} skipped={outcome.skipped.length} />
      <SkippedList skipped={outcome.skipped} />
      <div className="flex justify-end">
        <Button kind="primary" onClick={onClose}>
          {common('close')}
        </Button>
      </div>
    </div>
  )
}

function useImportErrorText() {
  const t = useTranslations('calendar.import.errors')
  return useErrorText({ tooLarge: t('tooLarge'), notCalendar: t('notCalendar'), tooMany: t('tooMany') })
}
