'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'
import { cell, type WritableCell } from '#app/_collab/cell.ts'

/** What somebody wants of the threads from outside of them: a key, a button of a toolbar. */
export type ThreadWish = 'passage' | 'draft' | 'next' | 'previous'

/** What the page knows of a draft’s threads before their code has come. */
export type ThreadsDesk = {
  /** How many are not resolved; null until that is known. */
  readonly open: WritableCell<number | null>
  /** Taken up, and set back to null, by the part that shows threads. */
  readonly wish: WritableCell<ThreadWish | null>
  /** The element to the right of the sheet. */
  readonly margin: WritableCell<HTMLElement | null>
}

const Context = createContext<ThreadsDesk | null>(null)

export function ThreadsDeskProvider({ children }: { children: ReactNode }) {
  const [desk] = useState<ThreadsDesk>(() => ({ open: cell(null), wish: cell(null), margin: cell(null) }))
  return <Context value={desk}>{children}</Context>
}

export function useThreadsDesk(): ThreadsDesk {
  const desk = useContext(Context)
  if (!desk) throw new Error('useThreadsDesk needs ThreadsDeskProvider above it')
  return desk
}

/** Where cards stand beside their passages. */
export function ThreadsMargin() {
  const { margin } = useThreadsDesk()
  return <div ref={margin.set} className="desk-margin" />
}
