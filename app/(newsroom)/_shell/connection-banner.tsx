'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useNewsroomContact } from '../../_collab/newsroom.tsx'
import { signInFor } from '../../_gate/way-back.ts'
import { Banner } from '../../_ui/banner.tsx'

/** Says that lists may be late; and when it is the person who was signed out, leads to the door. */
export function ConnectionBanner() {
  const t = useTranslations('shell')
  const contact = useNewsroomContact()
  useEffect(() => {
    if (contact === 'away') void leaveIfSignedOut()
  }, [contact])
  if (contact !== 'lost') return null
  return (
    // Over the page, not in it: what somebody is about to press must not move. A draft says it in its own words.
    <div className="fixed right-0 bottom-(--foot) left-0 z-10 group-data-immersive/shell:hidden md:left-60">
      <Banner tone="warn">{t('disconnected')}</Banner>
    </div>
  )
}

async function leaveIfSignedOut() {
  try {
    const response = await fetch('/api/auth/session', { cache: 'no-store' })
    if (!response.ok) return
    const session: unknown = await response.json()
    const signedOut = !session || Object.keys(session).length === 0
    if (signedOut) location.assign(signInFor(location.pathname))
  } catch {
    // No network: the banner has said so already.
  }
}
