import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import { findItems, readCall, type SlashItem } from '#app/(newsroom)/drafts/[id]/_components/slash-menu.ts'
import { draftExtensions } from '#lib/documents/draft/editor.ts'

const schema = getSchema(draftExtensions)

function callAfter(text: string) {
  const doc = schema.node('doc', null, [schema.node('paragraph', null, text ? [schema.text(text)] : [])])
  const state = EditorState.create({ schema, doc })
  return readCall(state.apply(state.tr.setSelection(TextSelection.atEnd(doc))))
}

describe('what «/» calls for', () => {
  test.each([
    ['/', ''],
    ['/cit', 'cit'],
    ['Un mot /été', 'été'],
    ['espace\u00a0/', ''],
  ])('behind «%s» the list is asked for «%s»', (text, typed) => {
    expect(callAfter(text)?.typed).toBe(typed)
  })

  test.each(['', 'et/ou', 'https://', '1/2', '/deux mots', 'a /b-c'])(
    'behind «%s» nothing is called',
    (text) => {
      expect(callAfter(text)).toBeNull()
    },
  )
})

describe('the items of the list', () => {
  const items: readonly SlashItem[] = [
    { id: 'heading1', label: 'Titre 1', words: 'grand h1' },
    { id: 'orderedList', label: 'Liste numérotée', words: 'chiffres ol' },
  ]

  test('are found by the start of any of their words, with or without accents', () => {
    expect(findItems(items, 'NUMERO').map(({ id }) => id)).toEqual(['orderedList'])
    expect(findItems(items, 'h1').map(({ id }) => id)).toEqual(['heading1'])
    expect(findItems(items, '')).toHaveLength(2)
    expect(findItems(items, 'zzz')).toHaveLength(0)
  })
})
