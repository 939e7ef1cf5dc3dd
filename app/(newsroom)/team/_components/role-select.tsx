'use client'

import { ChevronDown } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useOptimistic, useTransition } from 'react'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { isRole, ROLES, type Role } from '#lib/domain/permissions.ts'
import { FIELD_LOOK } from '../../../_ui/field-look.ts'
import { toast } from '../../../_ui/toast.ts'
import { attempt } from '../../../_ui/use-form.ts'
import { changeRole } from '../actions.ts'
import { useTeamErrorText } from './team-error-text.ts'

type Props = { volunteer: { id: VolunteerId; name: string; role: Role } }

/** Changes a role at once; the toast can take it back. */
export function RoleSelect({ volunteer: { id, name, role } }: Props) {
  const t = useTranslations('team')
  const common = useTranslations('common')
  const errorText = useTeamErrorText()
  const router = useRouter()
  const [busy, startTransition] = useTransition()
  const [shown, show] = useOptimistic(role)

  function change(next: Role, before: Role | null) {
    startTransition(async () => {
      show(next)
      const answer = await attempt(() => changeRole({ id, role: next }))
      if (!answer.ok) return toast.failed(errorText(answer.error) ?? '')
      router.refresh()
      const undo = before && { action: { label: t('undo'), onClick: () => change(before, null) } }
      toast.done(t('roleChanged', { name, role: common(`roles.${next}`) }), undo ?? {})
    })
  }

  return (
    <div className="relative max-w-40">
      <select
        aria-label={t('role', { name })}
        aria-busy={busy}
        value={shown}
        onChange={(event) => isRole(event.target.value) && change(event.target.value, role)}
        className={`${FIELD_LOOK} h-(--control-small)! appearance-none border-rule! pr-8 text-sm`}
      >
        {ROLES.map((value) => (
          <option key={value} value={value}>
            {common(`roles.${value}`)}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-faint"
      />
    </div>
  )
}
