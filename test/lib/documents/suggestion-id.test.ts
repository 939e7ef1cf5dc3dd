import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { suggestionIn } from '#lib/documents/draft/suggestion-id.ts'

function idsIn(doc: Y.Doc, since?: Uint8Array): readonly (string | null)[] {
  const { structs } = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, since))
  return structs.filter((struct) => struct instanceof Y.Item).map(suggestionIn)
}

function draftWith(text: string) {
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement<{ suggestBlock: { id: string } }>('paragraph')
  const content = new Y.XmlText(text)
  paragraph.insert(0, [content])
  doc.getXmlFragment('body').push([paragraph as unknown as Y.XmlElement])
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

test('an attribute that suggests carries its id, also where another one is written over', () => {
  const { doc, paragraph, vector } = draftWith('Bonjour')
  paragraph.setAttribute('suggestBlock', { id: 'one' })
  expect(idsIn(doc, vector)).toEqual(['one'])
  const later = Y.encodeStateVector(doc)
  paragraph.setAttribute('suggestBlock', { id: 'two' })
  expect(idsIn(doc, later)).toEqual(['two'])
})

test('a suggestion that was written and taken back again carries no id', () => {
  const { doc, paragraph, vector } = draftWith('Bonjour')
  paragraph.setAttribute('suggestBlock', { id: 'one' })
  paragraph.removeAttribute('suggestBlock')
  expect(idsIn(doc, vector)).toEqual([null])
})

test('text, titles and other marks carry none', () => {
  const { doc, content } = draftWith('Bonjour')
  content.format(0, 3, { bold: {}, link: { href: 'https://exemple.quebec', id: 'no' } })
  doc.getMap('meta').set('title', 'id')
  expect(new Set(idsIn(doc))).toEqual(new Set([null]))
})
