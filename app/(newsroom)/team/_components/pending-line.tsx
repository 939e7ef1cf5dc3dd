'use client'

import { Link2, Mail } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useFormatter, useNow, useTranslations } from 'next-intl'
import { useState } from 'react'
import type { InvitationId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'
import { Button } from '../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../_ui/confirm-dialog.tsx'
import { toast } from '../../../_ui/toast.ts'
import { attempt } from '../../../_ui/use-form.ts'
import { revokeInvitation } from '../actions.ts'
import { useTeamErrorText } from './team-error-text.ts'

export type PendingLineData = { id: InvitationId; role: Role; email: string | null; expiresAt: string }

export function PendingLine({ invitation }: { invitation: PendingLineData }) {
  const t = useTranslations('team.pending')
  const common = useTranslations('common')
  const errorText = useTeamErrorText()
  const format = useFormatter()
  const now = useNow()
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const who = invitation.email ?? t('anyone')
  const Icon = invitation.email ? Mail : Link2

  async function revoke() {
    setBusy(true)
    const answer = await attempt(() => revokeInvitation({ id: invitation.id }))
    setBusy(false)
    setAsking(false)
    if (!answer.ok) toast.failed(errorText(answer.error) ?? '')
    else toast.done(t('revoked'))
    router.refresh()
  }

  return (
    <li className="flex items-center gap-3 border-rule border-b py-2.5">
      <span className="grid size-8 shrink-0 place-items-center rounded-full border border-edge border-dashed text-faint">
        <Icon aria-hidden="true" className="size-4" />
      </span>
      <div className="min-w-0 grow">
        <p className="truncate">{who}</p>
        <p className="text-faint text-sm">
          {common(`roles.${invitation.role}`)}
          {' · '}
          {t('expires', { when: format.relativeTime(new Date(invitation.expiresAt), now) })}
        </p>
      </div>
      <Button size="small" aria-label={t('revokeLabel', { who })} onClick={() => setAsking(true)}>
        {t('revoke')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('revokeTitle')}
        confirmLabel={t('revoke')}
        cancelLabel={common('cancel')}
        danger
        busy={busy}
        onConfirm={() => void revoke()}
      >
        {t('revokeText')}
      </ConfirmDialog>
    </li>
  )
}
