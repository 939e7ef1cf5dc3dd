'use client'

import type { Editor } from '@tiptap/core'
import { FORMAT_IDS, FORMATS, type FormatId } from './formats.ts'
import { useEditorValue } from './use-tiptap.ts'

/** Which formats the selection has; renders again only when that answer changes. */
export function useFormats(editor: Editor): ReadonlySet<FormatId> {
  const on = useEditorValue(editor, (current) => FORMAT_IDS.filter((id) => FORMATS[id].isOn(current)).join())
  return new Set(on.split(',') as FormatId[])
}
