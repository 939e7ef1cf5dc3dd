'use client'

import type { Editor } from '@tiptap/core'
import { createContext, useContext } from 'react'
import type { Room } from '#app/_collab/room.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'

/** What may stand beside the text, one at a time. */
export type DeskPanelName = 'threads' | 'suggestions' | 'review' | 'history'

/** A draft that is open on the page, for all that is shown around its text. */
export type Desk = {
  readonly draftId: DraftId
  readonly room: Room
  /** Null until its place is in the page. */
  readonly editor: Editor | null
  /** Text may be typed here now. */
  readonly editable: boolean
  readonly archived: boolean
  readonly stage: Stage
  readonly panel: DeskPanelName | null
  openPanel(panel: DeskPanelName | null): void
}

const Context = createContext<Desk | null>(null)
export const DeskProvider = Context.Provider

export function useDesk(): Desk {
  const desk = useContext(Context)
  if (!desk) throw new Error('useDesk needs DeskProvider above it')
  return desk
}
