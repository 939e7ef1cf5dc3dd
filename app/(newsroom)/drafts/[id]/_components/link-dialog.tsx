'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { readAddress } from './link-address.ts'

type Props = { editor: Editor; onClose: () => void }

function setLink(editor: Editor, href: string) {
  const chain = editor.chain().focus()
  if (editor.isActive('link')) chain.extendMarkRange('link').setLink({ href }).run()
  else if (!editor.state.selection.empty) chain.setLink({ href }).run()
  else
    chain
      .insertContent({
        type: 'text',
        text: href.replace(/^mailto:/, ''),
        marks: [{ type: 'link', attrs: { href } }],
      })
      .unsetMark('link')
      .run()
}

/** Asks where the selected words lead; refuses, with a reason, whatever is not https or mailto. */
export function LinkDialog({ editor, onClose }: Props) {
  const t = useTranslations('editor.link')
  const common = useTranslations('common')
  const current = String(editor.getAttributes('link').href ?? '')
  const [typed, setTyped] = useState(current)
  const [refused, setRefused] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    const href = readAddress(typed)
    if (!href) return setRefused(true)
    onClose()
    setLink(editor, href)
  }
  function remove() {
    onClose()
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open) return
        onClose()
        editor.commands.focus()
      }}
      title={current ? t('change') : t('add')}
      closeLabel={common('close')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('address')}
          hint={t('hint')}
          error={refused ? t('refused') : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setRefused(false)
          }}
          inputMode="url"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          placeholder="https://"
        />
        <div className="flex flex-wrap justify-end gap-2">
          {current && (
            <Button kind="ghost" onClick={remove} className="mr-auto">
              {t('remove')}
            </Button>
          )}
          <Button type="submit" kind="primary">
            {t('apply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
