'use client'

import { Editor, type EditorOptions } from '@tiptap/core'
import { useCallback, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'

/**
 * An editor that lives in `place` for as long as `key` stays the same object; null before its first effect.
 * Tiptap’s own binding for React renders node views and follows every transaction: we need neither.
 */
export function useTiptap(
  key: object,
  place: { readonly current: HTMLElement | null },
  options: () => Partial<EditorOptions>,
): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null)
  const make = useEffectEvent(
    (element: HTMLElement) => new Editor({ ...options(), element: { mount: element } }),
  )
  // Another key is another editor.
  useEffect(() => {
    if (!place.current) return
    const made = make(place.current)
    setEditor(made)
    return () => {
      setEditor(null)
      made.destroy()
    }
  }, [key, place])
  return editor
}

/** A value read from the editor; renders again only when it changes. It must be a primitive. */
export function useEditorValue<T extends string | number | boolean>(
  editor: Editor,
  read: (editor: Editor) => T,
): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      editor.on('transaction', listener)
      return () => {
        editor.off('transaction', listener)
      }
    },
    [editor],
  )
  return useSyncExternalStore(subscribe, () => read(editor))
}
