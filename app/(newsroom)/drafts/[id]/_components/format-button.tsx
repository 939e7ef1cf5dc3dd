'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { FORMATS, type FormatId } from './formats.ts'

type Props = { editor: Editor; id: FormatId; on: boolean; onLink: () => void }

/** One format, in the bubble or in the bar. A press must not take the selection, nor a phone’s keyboard, away. */
export function FormatButton({ editor, id, on, onLink }: Props) {
  const t = useTranslations('editor.formats')
  const { icon: Icon, toggle } = FORMATS[id]
  return (
    <button
      type="button"
      aria-label={t(id)}
      aria-pressed={on}
      title={t(id)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => (toggle ? toggle(editor) : onLink())}
      className={iconButtonLook()}
    >
      <Icon aria-hidden="true" />
    </button>
  )
}
