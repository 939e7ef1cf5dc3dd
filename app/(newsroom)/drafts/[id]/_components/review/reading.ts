'use client'

import { useEffect, useRef, useState } from 'react'
import type { Transaction } from 'yjs'
import type { Room } from '#app/_collab/room.ts'
import { type DraftText, textHash, textOf } from '#lib/documents/draft/text.ts'

/** How long after the last change the text is looked at again; milliseconds. */
const QUIET_MS = 300

type Read = { readonly text: DraftText; readonly hash: string }

function read(room: Room): Read {
  const text = textOf(room.doc)
  return { text, hash: textHash(text) }
}

/**
 * What somebody who reviews has read: the text when the reading began, and whether others have changed it since.
 * One’s own edits are read while they are made.
 */
export function useReading(room: Room) {
  const [base, setBase] = useState(() => read(room))
  const [changed, setChanged] = useState(false)
  const known = useRef(base)
  const byOthers = useRef(false)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const look = () => {
      timer = null
      const now = read(room)
      const same = now.hash === known.current.hash
      if (!same && !byOthers.current) {
        known.current = now
        setBase(now)
      }
      // Changed and changed back is unchanged.
      setChanged(!same && byOthers.current)
      if (same) byOthers.current = false
    }
    const onUpdate = (_bytes: Uint8Array, _origin: unknown, _doc: unknown, transaction: Transaction) => {
      if (!transaction.local) byOthers.current = true
      if (timer) clearTimeout(timer)
      timer = setTimeout(look, QUIET_MS)
    }
    room.doc.on('update', onUpdate)
    return () => {
      if (timer) clearTimeout(timer)
      room.doc.off('update', onUpdate)
    }
  }, [room])

  const catchUp = () => {
    known.current = read(room)
    byOthers.current = false
    setBase(known.current)
    setChanged(false)
  }
  return { base, changed, catchUp, hashNow: () => read(room).hash }
}
