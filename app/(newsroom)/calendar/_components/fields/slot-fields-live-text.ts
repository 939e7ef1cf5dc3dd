'use client'

import { type RefObject, useCallback, useEffect, useRef } from 'react'

/** How long a letter waits before the others see it; milliseconds. */
const SEND_MS = 200

type TextControl = HTMLInputElement | HTMLTextAreaElement

/** Puts in another’s change without moving the caret of whoever is in the field. */
function show(field: TextControl, text: string): void {
  if (field.value === text) return
  const { selectionStart, selectionEnd, value } = field
  if (document.activeElement !== field || selectionStart === null || selectionEnd === null) {
    field.value = text
    return
  }
  const shift = text.startsWith(value.slice(0, selectionStart)) ? 0 : text.length - value.length
  field.value = text
  field.setSelectionRange(Math.max(0, selectionStart + shift), Math.max(0, selectionEnd + shift))
}

/**
 * A field of text that is shared while it is typed: what others write is shown in it, what is written here goes to
 * them a moment later. Between two of those moments one’s own letters stand; whoever writes last has the word.
 * The field keeps its own value (`defaultValue`), so that no render takes letters back.
 */
export function useLiveText<Control extends TextControl>(
  shared: string,
  write: (text: string) => void,
): { readonly field: RefObject<Control | null>; readonly onInput: () => void; readonly onBlur: () => void } {
  const field = useRef<Control>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const latest = useRef(write)
  latest.current = write
  const typed = useRef(shared)

  const send = useCallback(() => {
    if (timer.current === null) return
    clearTimeout(timer.current)
    timer.current = null
    latest.current(typed.current)
  }, [])
  useEffect(() => {
    if (timer.current === null && field.current) show(field.current, shared)
  }, [shared])
  // Leaving the page of a slot must not lose its last letters.
  useEffect(() => send, [send])

  const onInput = useCallback(() => {
    typed.current = field.current?.value ?? ''
    timer.current ??= setTimeout(send, SEND_MS)
  }, [send])
  return { field, onInput, onBlur: send }
}
