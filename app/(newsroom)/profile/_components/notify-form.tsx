'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { MailChoices } from '#lib/domain/inbox/choices.ts'
import { NOTICE_GROUPS, PACES } from '#lib/domain/inbox/pace.ts'
import { useErrorText } from '../../../_i18n/error-text.ts'
import { Button } from '../../../_ui/button.tsx'
import { FormError } from '../../../_ui/form-error.tsx'
import { SelectField } from '../../../_ui/select-field.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { toast } from '../../../_ui/toast.ts'
import { useForm } from '../../../_ui/use-form.ts'
import { chooseMail } from '../../inbox/actions.ts'
import { type HourProblem, readChoices, timeText } from './notify-hours.ts'

/** What the quiet hours are offered as where there are none. */
const NIGHT = { from: 22 * 60, to: 7 * 60 }

export function NotifyForm({ choices, zone }: { choices: MailChoices; zone: string }) {
  const t = useTranslations('inbox.mail')
  const errorText = useErrorText()
  const router = useRouter()
  const [quiet, setQuiet] = useState(choices.quiet !== null)
  const { from, to } = choices.quiet ?? NIGHT
  const form = useForm(
    async (fields) => {
      const read = readChoices(fields)
      return 'wrong' in read ? { ok: false, error: 'invalid', fields: read.wrong } : chooseMail(read.choices)
    },
    () => {
      toast.done(t('done'))
      router.refresh()
    },
  )
  const wrongOf = (field: string) => {
    const problem = form.fields[field]
    return problem === undefined ? undefined : t(`errors.${problem as HourProblem}`)
  }
  const time = (name: string, label: string, minutes: number) => (
    <TextField type="time" label={label} name={name} defaultValue={timeText(minutes)} error={wrongOf(name)} />
  )
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormError>{errorText(form.error)}</FormError>
      {NOTICE_GROUPS.map((group) => (
        <SelectField
          key={group}
          label={t(`groups.${group}`)}
          hint={t(`hints.${group}`)}
          name={group}
          defaultValue={choices.pace[group]}
          options={PACES.map((value) => ({ value, label: t(`paces.${value}`) }))}
        />
      ))}
      {time('digestAt', t('digestAt'), choices.digestAt)}
      <div>
        <label className="flex min-h-(--control) items-center gap-2.5">
          <input
            type="checkbox"
            name="quiet"
            checked={quiet}
            onChange={(event) => setQuiet(event.target.checked)}
            className="size-4.5 accent-accent"
          />
          {t('quiet')}
        </label>
        {quiet && (
          <>
            <p className="mb-2 text-faint text-sm">{t('quietHint')}</p>
            <div className="grid grid-cols-2 gap-4">
              {time('quietFrom', t('from'), from)}
              {time('quietTo', t('to'), to)}
            </div>
          </>
        )}
      </div>
      <p className="text-faint text-sm">{t('zone', { zone })}</p>
      <Button type="submit" kind="primary" busy={form.busy} className="self-start">
        {t('submit')}
      </Button>
    </form>
  )
}
