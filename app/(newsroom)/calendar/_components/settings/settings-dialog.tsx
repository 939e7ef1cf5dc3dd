'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { toast } from '#app/_ui/toast.ts'
import { useForm } from '#app/_ui/use-form.ts'
import { DEFAULT_SETTINGS, SETTINGS_LIMITS } from '#lib/domain/calendar/settings.ts'
import { clockText } from '#lib/domain/calendar/zone.ts'
import { configureCalendar } from '../../list-actions.ts'
import type { DialogProps } from '../dialog-asked.ts'
import { useCalendar } from '../model.ts'
import { readSettings } from './settings-dialog-form.ts'
import { ZoneField } from './settings-dialog-zone.tsx'

/** How the newsroom plans: its clocks, its nights, and what is pointed out. For coordinators. */
export function SettingsDialog({ onClose }: DialogProps<'settings'>) {
  const t = useTranslations('calendar.settings')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const { settings } = useCalendar()
  const [zone, setZone] = useState(settings.zone)
  const [quiet, setQuiet] = useState(settings.quietFrom !== null)
  const { busy, error, fields, submit } = useForm(
    async (form) => {
      const read = readSettings({ ...form, zone, quiet })
      return read.ok ? configureCalendar(read.value) : read
    },
    () => {
      toast.done(t('done'))
      onClose()
    },
  )
  const fieldError = (name: string) => (fields[name] ? t(`errors.${fields[name] as 'badGap'}`) : undefined)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')} closeLabel={common('close')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <FormError>{errorText(error)}</FormError>
        <ZoneField value={zone} onChange={setZone} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium text-sm">{t('quiet')}</legend>
          <label className="flex min-h-(--control-small) items-center gap-2">
            <input
              type="checkbox"
              checked={quiet}
              onChange={(event) => setQuiet(event.target.checked)}
              className="size-4.5 accent-accent"
            />
            {t('quietOn')}
          </label>
          {quiet && (
            <div className="grid grid-cols-2 gap-3">
              <TextField
                label={t('quietFrom')}
                type="time"
                name="quietFrom"
                defaultValue={clockText(settings.quietFrom ?? DEFAULT_SETTINGS.quietFrom ?? 0)}
                error={fieldError('quietFrom')}
              />
              <TextField
                label={t('quietTo')}
                type="time"
                name="quietTo"
                defaultValue={clockText(settings.quietTo ?? DEFAULT_SETTINGS.quietTo ?? 0)}
              />
            </div>
          )}
        </fieldset>
        <TextField
          label={t('gap')}
          hint={t('gapHint')}
          type="number"
          inputMode="numeric"
          name="minGapMinutes"
          min={0}
          max={SETTINGS_LIMITS.minGapMinutes}
          defaultValue={settings.minGapMinutes}
          error={fieldError('minGapMinutes')}
        />
        <TextField
          label={t('silence')}
          hint={t('silenceHint')}
          type="number"
          inputMode="numeric"
          name="silentDays"
          min={0}
          max={SETTINGS_LIMITS.silentDays}
          defaultValue={settings.silentDays}
          error={fieldError('silentDays')}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('apply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
