'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { openRoom, type Room, type RoomOptions } from './room.ts'

/**
 * The room of a document, open while the component is on the page; null before the first effect.
 * It is made in an effect and closed by its cleanup, so that React may run both twice.
 */
export function useRoom(options: RoomOptions): Room | null {
  const [room, setRoom] = useState<Room | null>(null)
  const { document, person, access } = options
  const accessChanged = useEffectEvent(options.onAccessChanged)
  const corrected = useEffectEvent(() => options.onCorrected?.())
  const open = useEffectEvent(() =>
    openRoom({
      document,
      person,
      access,
      onAccessChanged: () => accessChanged(),
      onCorrected: () => corrected(),
    }),
  )
  // Another document or another volunteer is another room; the rest may change inside one.
  useEffect(() => {
    const opened = open()
    setRoom(opened)
    return () => {
      setRoom(null)
      opened.close()
    }
  }, [document.name, person.volunteerId])
  useEffect(() => room?.setAccess(access), [room, access])
  return room
}
