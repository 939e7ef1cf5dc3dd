'use client'

import { useEffect, useState } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { canonicalText, textOf } from '#lib/documents/draft/text.ts'
import type { DraftText } from '#lib/domain/body.ts'

/** How long somebody pauses before what they wrote is compared; milliseconds. */
const PAUSE = 700

/** What the draft says now, without suggestions; follows whoever writes in it. */
export function useTextNow(room: Room | null): DraftText | null {
  const [text, setText] = useState<DraftText | null>(() => room && canonicalText(textOf(room.doc)))
  useEffect(() => {
    if (!room) return
    const { doc } = room
    let timer: ReturnType<typeof setTimeout> | null = null
    const read = () => setText(canonicalText(textOf(doc)))
    const later = () => {
      if (timer) clearTimeout(timer)
      timer = setTimeout(read, PAUSE)
    }
    read()
    doc.on('update', later)
    return () => {
      doc.off('update', later)
      if (timer) clearTimeout(timer)
    }
  }, [room])
  return text
}
