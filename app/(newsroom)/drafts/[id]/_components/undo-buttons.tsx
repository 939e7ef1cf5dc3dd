'use client'

import type { Editor } from '@tiptap/core'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { Redo2, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { UndoManager } from 'yjs'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { useCommands } from '../../../_shell/commands.tsx'

type Can = { readonly undo: boolean; readonly redo: boolean }

const managerOf = (editor: Editor): UndoManager => yUndoPluginKey.getState(editor.state).undoManager

/** Undo and redo of one’s own edits: what others wrote is not ours to take back. */
export function UndoButtons({ editor }: { editor: Editor }) {
  const t = useTranslations('editor')
  const { modifier } = useCommands()
  const [can, setCan] = useState<Can>({ undo: false, redo: false })

  useEffect(() => {
    const manager = managerOf(editor)
    const update = () => {
      const next = { undo: manager.undoStack.length > 0, redo: manager.redoStack.length > 0 }
      setCan((now) => (now.undo === next.undo && now.redo === next.redo ? now : next))
    }
    const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const
    for (const name of events) manager.on(name, update)
    update()
    return () => {
      for (const name of events) manager.off(name, update)
    }
  }, [editor])

  // Pressing the button must not close a phone’s keyboard.
  const stay = (event: { preventDefault: () => void }) => event.preventDefault()
  return (
    <>
      <IconButton
        label={t('undo')}
        keys={`${modifier} Z`}
        disabled={!can.undo}
        onPointerDown={stay}
        onClick={() => editor.commands.undo()}
      >
        <Undo2 aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('redo')}
        keys={`${modifier} ⇧ Z`}
        disabled={!can.redo}
        onPointerDown={stay}
        onClick={() => editor.commands.redo()}
      >
        <Redo2 aria-hidden="true" />
      </IconButton>
    </>
  )
}
