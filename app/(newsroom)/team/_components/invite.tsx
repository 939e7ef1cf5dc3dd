'use client'

import { UserRoundPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../../../_ui/button.tsx'
import { Dialog } from '../../../_ui/dialog.tsx'
import { InviteForm } from './invite-form.tsx'
import { type InvitationMade, InviteLink } from './invite-link.tsx'

/** The button that invites, and its dialog: first the role, then the link to hand over. */
export function Invite() {
  const t = useTranslations('team.invite')
  const common = useTranslations('common')
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<InvitationMade | null>(null)

  function begin() {
    setMade(null)
    setOpen(true)
  }

  return (
    <>
      <Button kind="primary" onClick={begin}>
        <UserRoundPlus aria-hidden="true" className="size-4" />
        {t('action')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={made ? t('readyTitle') : t('title')}
        description={made ? t('ready') : undefined}
        closeLabel={common('close')}
      >
        {made ? (
          <InviteLink made={made} onAnother={() => setMade(null)} onDone={() => setOpen(false)} />
        ) : (
          <InviteForm
            onMade={(invitation) => {
              setMade(invitation)
              router.refresh()
            }}
          />
        )}
      </Dialog>
    </>
  )
}
