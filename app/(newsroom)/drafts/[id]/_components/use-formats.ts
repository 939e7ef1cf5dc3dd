'use client'

import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { FORMAT_IDS, FORMATS, type FormatId } from './formats.ts'

/** Which formats the selection has; renders again only when that answer changes. */
export function useFormats(editor: Editor): ReadonlySet<FormatId> {
  const on = useEditorState({
    editor,
    selector: ({ editor: current }) => FORMAT_IDS.filter((id) => FORMATS[id].isOn(current)).join(),
  })
  return new Set(on.split(',') as FormatId[])
}
