'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { openRoom, type Room } from './room.ts'

type Options = {
  readonly draftId: string
  readonly person: PersonHere
  readonly access: 'write' | 'read'
  readonly onAccessChanged: () => void
}

/**
 * The room of a draft, open while the component is on the page; null before the first effect.
 * It is made in an effect and closed by its cleanup, so that React may run both twice.
 */
export function useRoom({ draftId, person, access, onAccessChanged }: Options): Room | null {
  const [room, setRoom] = useState<Room | null>(null)
  const accessChanged = useEffectEvent(onAccessChanged)
  const open = useEffectEvent(() =>
    openRoom({ draftId, person, access, onAccessChanged: () => accessChanged() }),
  )
  // Another draft or another volunteer is another room; the rest may change inside one.
  useEffect(() => {
    const opened = open()
    setRoom(opened)
    return () => {
      setRoom(null)
      opened.close()
    }
  }, [draftId, person.volunteerId])
  useEffect(() => room?.setAccess(access), [room, access])
  return room
}
