'use client'

import { LogOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect } from 'react'
import { cell } from '../../_collab/cell.ts'
import { clearLocalCopies } from '../../_collab/local-store.ts'
import { useCell } from '../../_collab/use-cell.ts'
import { oweSignOut, owesSignOut, settleSignOut } from '../../_gate/owed-sign-out.ts'
import { EmptyState } from '../../_ui/empty-state.tsx'
import { signOut } from '../profile/actions.ts'

/** A server that is away says nothing when it is back; milliseconds. */
const TRY_AGAIN_MS = 5_000

/** Somebody has left, and the server has not heard of it yet. */
const left = cell(false)

/** Ends this browser's session, now or, where the server cannot be reached, with the first page that can. */
async function endSession(volunteerId: string): Promise<void> {
  // Written down beforehand: a tab that is closed while it waits owes it as well.
  oweSignOut(volunteerId)
  const answer = await signOut({}).catch(() => null)
  if (!answer || (!answer.ok && answer.error !== 'signedOut')) return
  settleSignOut()
  // A full load: nothing in memory outlives the person's leave.
  location.replace('/sign-in')
}

/** Leaves nothing of this person in this browser, then ends the session. */
export async function leaveNewsroom(volunteerId: string): Promise<void> {
  await clearLocalCopies(volunteerId)
  await endSession(volunteerId)
  left.set(owesSignOut(volunteerId))
}

/** Finishes a sign-out that was made without a connection; until then nobody sees the newsroom of who left. */
export function OwedSignOut({ volunteerId, children }: { volunteerId: string; children: ReactNode }) {
  useEffect(() => left.set(owesSignOut(volunteerId)), [volunteerId])
  return useCell(left) ? <Left volunteerId={volunteerId} /> : children
}

/** In the place of the newsroom, which is closed with all that it held. */
function Left({ volunteerId }: { volunteerId: string }) {
  const t = useTranslations('shell.signOut')
  useEffect(() => {
    document.title = 'Pupitre'
    // Whole: this page may have opened rooms again before it knew.
    const finish = () => void leaveNewsroom(volunteerId)
    finish()
    addEventListener('online', finish)
    const timer = setInterval(finish, TRY_AGAIN_MS)
    return () => {
      removeEventListener('online', finish)
      clearInterval(timer)
    }
  }, [volunteerId])
  return (
    <main className="grid min-h-dvh place-items-center">
      <div role="status">
        <EmptyState icon={<LogOut />} title={t('left')}>
          {t('leftText')}
        </EmptyState>
      </div>
    </main>
  )
}
