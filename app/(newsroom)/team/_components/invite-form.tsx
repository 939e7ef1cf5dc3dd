'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { isRole, ROLES, type Role } from '#lib/domain/permissions.ts'
import { Button } from '../../../_ui/button.tsx'
import { FormError } from '../../../_ui/form-error.tsx'
import { SelectField } from '../../../_ui/select-field.tsx'
import { TextField } from '../../../_ui/text-field.tsx'
import { useForm } from '../../../_ui/use-form.ts'
import { invite } from '../actions.ts'
import type { InvitationMade } from './invite-link.tsx'
import { useTeamErrorText } from './team-error-text.ts'

export function InviteForm({ onMade }: { onMade: (made: InvitationMade) => void }) {
  const t = useTranslations('team.invite')
  const common = useTranslations('common')
  const errorText = useTeamErrorText()
  const [role, setRole] = useState<Role>('contributor')
  const [email, setEmail] = useState('')
  const form = useForm(
    () => invite({ role, email: email.trim() || null }),
    ({ url, mailed }) => onMade({ url, mailed, email: email.trim() }),
  )
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormError>{errorText(form.error)}</FormError>
      <SelectField
        label={t('role')}
        hint={common(`roleMeanings.${role}`)}
        name="role"
        value={role}
        onChange={(event) => isRole(event.target.value) && setRole(event.target.value)}
        options={ROLES.map((value) => ({ value, label: common(`roles.${value}`) }))}
      />
      <TextField
        label={t('email')}
        hint={t('emailHint')}
        name="email"
        type="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={errorText(form.fields.email)}
      />
      <Button type="submit" kind="primary" busy={form.busy} className="mt-1">
        {t('submit')}
      </Button>
    </form>
  )
}
