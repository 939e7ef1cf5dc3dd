import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { suggestionIn } from '#lib/documents/draft/suggestion-id.ts'

function idsIn(doc: Y.Doc, since?: Uint8Array): readonly (string | null)[] {
  const { structs } = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, since))
  return structs.filter((struct) => struct instanceof Y.Item).map(suggestionIn)
}

function draftWith(text: string) {
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  const content = new Y.XmlText(text)
  paragraph.insert(0, [content])
  doc.getXmlFragment('body').push([paragraph])
  return { doc, paragraph, content, vector: Y.encodeStateVector(doc) }
}

test('a mark that suggests carries its id, also under the name that y-tiptap gives to marks that may overlap', () => {
  for (const key of ['suggestInsert', 'suggestDelete', 'suggestFormat--fh8Xw2+/']) {
    const { doc, content, vector } = draftWith('Bonjour')
    content.format(0, 3, { [key]: { id: 'abc-1', more: true } })
    // One where it begins; where it ends stands null.
    expect(idsIn(doc, vector), key).toEqual(['abc-1', null])
  }
})

test('a suggestion that was written and taken back again carries no id', () => {
  const { doc, content, vector } = draftWith('Bonjour')
  content.insert(0, 'mot ', { suggestInsert: { id: 'one' } })
  content.delete(0, 4)
  content.format(0, 7, { suggestInsert: null })
  expect(new Set(idsIn(doc, vector))).toEqual(new Set([null]))
})

test('an id that PostgreSQL would not keep, or is none, is not taken for one', () => {
  for (const id of ['', 'x'.repeat(101), 'nul\u0000', 'deux mots', '\ud800', 7, null, { id: 'one' }]) {
    const { doc, content, vector } = draftWith('Bonjour')
    content.format(0, 3, { suggestInsert: { id } })
    expect(idsIn(doc, vector), JSON.stringify(id)).toEqual([null, null])
  }
})

test('text, titles, attributes and other marks carry none', () => {
  const { doc, content, paragraph } = draftWith('Bonjour')
  content.format(0, 3, { bold: {}, link: { href: 'https://exemple.quebec', id: 'no' } })
  paragraph.setAttribute('suggestInsert', 'no')
  doc.getMap('meta').set('title', 'id')
  expect(new Set(idsIn(doc))).toEqual(new Set([null]))
})
