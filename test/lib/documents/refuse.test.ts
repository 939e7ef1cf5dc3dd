import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { bodyOf, metaOf } from '#lib/documents/draft/roots.ts'
import { draftKind } from '#lib/documents/draft/shape.ts'

function updateOf(write: (doc: Y.Doc) => void): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => write(doc))
  return doc
}

const refusal = (write: (doc: Y.Doc) => void) =>
  draftKind.refuse(Y.decodeUpdate(Y.encodeStateAsUpdate(updateOf(write))))

/** A paragraph that holds one text, marked as given. */
const marked = (attributes: object) => (doc: Y.Doc) => {
  const text = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  bodyOf(doc).insert(0, [paragraph])
  paragraph.insert(0, [text])
  text.insert(0, 'mot', attributes)
}
const PROPOSAL = { id: 'abc123', part: 1 }
const FORMAT = { ...PROPOSAL, mark: 'bold', add: true, href: null }
const ELEMENTS = ['paragraph', 'heading', 'blockquote', 'bulletList', 'orderedList', 'listItem', 'hardBreak']
const element = (name: string) => (doc: Y.Doc) => bodyOf(doc).insert(0, [new Y.XmlElement(name)])

describe('an update of a draft is refused', () => {
  it.each<[string, (doc: Y.Doc) => void]>([
    ['an image', element('image')],
    ['a script', element('script')],
    ['the name of an object’s own property', element('constructor')],
    ['a mark the editor does not have', marked({ code: {} })],
    ['a link that runs', marked({ link: { href: 'javascript:alert(1)' } })],
    ['a link that hides how it runs', marked({ link: { href: 'java\tscript:alert(1)' } })],
    ['a link to data', marked({ link: { href: 'data:text/html,x' } })],
    ['a link without encryption', marked({ link: { href: 'http://exemple.quebec/' } })],
    ['a link that overlaps under a name of its own', marked({ 'link--a1b2c3d4': { href: 'vbscript:x' } })],
    ['a mark by a name that no editor reads, and deletes', marked({ 'bold--x': {} })],
    ['a suggestion by such a name', marked({ 'suggestInsert--x': { ...PROPOSAL, kind: null } })],
    ['a mark by a name of two halves', marked({ 'bold--x--a1b2c3d4': {} })],
    ['a link without address', marked({ link: {} })],
    ['a link that is no object', marked({ link: 'javascript:alert(1)' })],
    ['a suggestion with a name in it', marked({ suggestInsert: { ...PROPOSAL, kind: null, by: 'Zoé' } })],
    ['a suggestion without an id', marked({ suggestDelete: { part: 1 } })],
    ['a suggestion whose id is a novel', marked({ suggestDelete: { id: 'x'.repeat(101), part: 1 } })],
    [
      'a suggested break of no known kind',
      marked({ 'suggestInsert--a1b2c3d4': { ...PROPOSAL, kind: 'page' } }),
    ],
    ['a suggested format that drafts do not have', marked({ suggestFormat: { ...FORMAT, mark: 'code' } })],
    [
      'a suggested link that runs',
      marked({ suggestFormat: { ...FORMAT, mark: 'link', href: 'javascript:x' } }),
    ],
    ['a suggested link to nowhere', marked({ suggestFormat: { ...FORMAT, mark: 'link' } })],
    ['a root of its own', (doc) => doc.getMap('admin').set('role', 'coordinator')],
    ['an embedded document', (doc) => metaOf(doc).set('inside', new Y.Doc())],
  ])('where it brings %s', (_, write) => {
    expect(refusal(write)).toEqual(expect.any(String))
  })

  it.each<[string, (doc: Y.Doc) => void]>([
    [
      'elements of the editor',
      (doc) =>
        bodyOf(doc).insert(
          0,
          ELEMENTS.map((name) => new Y.XmlElement(name)),
        ),
    ],
    ['bold and italic text', marked({ bold: {}, italic: {} })],
    ['a link that overlaps', marked({ 'link--a1b2c3d4': { href: 'https://exemple.quebec/' } })],
    ['a link by mail', marked({ link: { href: 'mailto:presse@exemple.quebec' } })],
    ['the end of a link', marked({ link: null })],
    ['a title', (doc) => metaOf(doc).set('title', 'Bonjour')],
    ['a suggested insertion', marked({ 'suggestInsert--a1b2c3d4': { ...PROPOSAL, kind: null } })],
    ['a suggested break', marked({ suggestInsert: { ...PROPOSAL, kind: 'split' } })],
    ['a suggested deletion, and its end', marked({ suggestDelete: PROPOSAL, suggestFormat: null })],
    [
      'a suggested link',
      marked({ suggestFormat: { ...FORMAT, mark: 'link', href: 'https://exemple.quebec/' } }),
    ],
  ])('and taken where it brings %s', (_, write) => {
    expect(refusal(write)).toBeNull()
  })
})

describe('the facts of a draft', () => {
  it('hold the text block by block, and its title on one line', () => {
    const doc = updateOf((fresh) => {
      metaOf(fresh).set('title', `  «\u00a0Un\n titre\u00a0»  ${'x'.repeat(400)}`)
      const item = new Y.XmlElement('listItem')
      const list = new Y.XmlElement('bulletList')
      const first = new Y.XmlElement('paragraph')
      const second = new Y.XmlElement('paragraph')
      bodyOf(fresh).insert(0, [first, list])
      list.insert(0, [item])
      item.insert(0, [second])
      first.insert(0, [new Y.XmlText('L’été'), new Y.XmlElement('hardBreak'), new Y.XmlText('dernier')])
      second.insert(0, [new Y.XmlText('point')])
    })
    const { title, text: _text, hash: _hash, ...facts } = draftKind.read(doc)
    expect(facts).toEqual({ plainText: 'L’été\ndernier\npoint', wordCount: 3, characterCount: 17 })
    expect(title).toMatch(/^«\u00a0Un titre\u00a0» x+$/)
    expect(title).toHaveLength(300)
  })

  it('are empty for a document of nothing, and for a title that is no text', () => {
    const empty = { title: '', plainText: '', wordCount: 0, characterCount: 0 }
    expect(draftKind.read(new Y.Doc())).toMatchObject(empty)
    expect(draftKind.read(updateOf((doc) => metaOf(doc).set('title', { html: '<b>' })))).toMatchObject(empty)
  })
})
