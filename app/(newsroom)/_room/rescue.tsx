'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { Button } from '#app/_ui/button.tsx'
import { useOnDemand } from '#app/_ui/on-demand.ts'

const loadDiscard = () => import('./discard-dialog.tsx').then((module) => module.DiscardDialog)

type Props = {
  room: Room
  /** A way to carry away what is not saved; null where there is none. */
  copy: ReactNode
}

/** The server will not take this browser’s edits: carry them away, or go back to what everybody else sees. */
export function Rescue({ room, copy }: Props) {
  const t = useTranslations('common.room')
  const [asking, setAsking] = useState(false)
  const { Part: DiscardDialog, want } = useOnDemand(loadDiscard)
  return (
    <span className="flex flex-wrap gap-2">
      {copy}
      <Button
        size="small"
        onClick={() => {
          want()
          setAsking(true)
        }}
      >
        {t('discard')}
      </Button>
      {DiscardDialog && asking && <DiscardDialog room={room} onClose={() => setAsking(false)} />}
    </span>
  )
}
