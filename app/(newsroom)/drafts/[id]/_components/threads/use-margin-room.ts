'use client'

import { useEffect, useState } from 'react'

/** What the sheet and a column of cards need together; pixels. */
const NEEDED = 62 * 16

/** Whether there is room for cards to the right of the sheet: in this window, beside whatever else is open. */
export function useMarginRoom(margin: HTMLElement | null): boolean {
  const [room, setRoom] = useState(false)
  useEffect(() => {
    const page = margin?.parentElement
    if (!page) return
    const read = () => setRoom(page.clientWidth >= NEEDED)
    read()
    const sizes = new ResizeObserver(read)
    sizes.observe(page)
    return () => sizes.disconnect()
  }, [margin])
  return room
}
