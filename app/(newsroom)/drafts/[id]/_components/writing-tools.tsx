'use client'

import type { Editor } from '@tiptap/core'
import type { WritableCell } from '#app/_collab/cell.ts'
import { BubbleBar } from './bubble-bar.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { SlashList } from './slash-list.tsx'
import type { SlashView } from './slash-menu.ts'

type Props = { editor: Editor; slash: WritableCell<SlashView | null>; onLink: () => void }

/** What one writes with, beside the keys: it comes when the text is first entered. */
export function WritingTools({ editor, slash, onLink }: Props) {
  return (
    <>
      <BubbleBar editor={editor} onLink={onLink} />
      <PhoneBar editor={editor} onLink={onLink} />
      <SlashList view={slash} />
    </>
  )
}
