'use client'

import { useEffect, useState } from 'react'
import type { Room } from '#app/_collab/room.ts'
import { openReading, type Reading } from './reading.ts'

/** A reading that begins when the part that asks for it appears; null until then. */
export function useReading({ doc }: Room): Reading | null {
  const [reading, setReading] = useState<Reading | null>(null)
  useEffect(() => {
    const opened = openReading(doc)
    setReading(opened)
    return () => opened.close()
  }, [doc])
  return reading
}
