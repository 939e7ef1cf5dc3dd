'use client'

import { useEffect, useState } from 'react'
import { oweSignOut, owesSignOut, settleSignOut } from '../../_gate/owed-sign-out.ts'
import { signOut } from '../profile/actions.ts'

/** Ends this browser's session, now or, where the server cannot be reached, with the first page that can. */
export async function endSession(volunteerId: string): Promise<void> {
  // Written down beforehand: a tab that is closed while it waits owes it as well.
  oweSignOut(volunteerId)
  const answer = await signOut({}).catch(() => null)
  if (answer && (answer.ok || answer.error === 'signedOut')) settleSignOut()
}

/** Finishes a sign-out that was made without a connection; until then nobody sees the newsroom of who left. */
export function OwedSignOut({ volunteerId }: { volunteerId: string }) {
  const [owed, setOwed] = useState(false)
  useEffect(() => {
    if (!owesSignOut(volunteerId)) return
    setOwed(true)
    const finish = async () => {
      await endSession(volunteerId)
      if (!owesSignOut(volunteerId)) location.replace('/sign-in')
    }
    void finish()
    addEventListener('online', finish)
    return () => removeEventListener('online', finish)
  }, [volunteerId])
  return owed ? <div className="fixed inset-0 z-50 bg-paper" /> : null
}
