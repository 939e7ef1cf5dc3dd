import { getSchema } from '@tiptap/core'
import { prosemirrorJSONToYDoc } from '@tiptap/y-tiptap'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftExtensions } from '#lib/documents/draft/editor.ts'
import { draftKind } from '#lib/documents/draft/shape.ts'
import { inspectUpdate } from '#server/sync/room/inspect-update.ts'
import { typeParagraph } from '#test/support/sync-client.ts'

const BOUNDS = { clientsPerUpdate: 100, suggestionsPerUpdate: 3 }
const inspect = (update: Uint8Array, doc = new Y.Doc()) => inspectUpdate(update, doc, draftKind, BOUNDS)

/** One edit, as the update that a provider sends. */
function editOf(edit: (doc: Y.Doc) => void, doc = new Y.Doc()): Uint8Array {
  const before = Y.encodeStateVector(doc)
  edit(doc)
  return Y.encodeStateAsUpdate(doc, before)
}

/** Writes an update by hand: numbers as varUint, strings with their length, and raw bytes as they are. */
function handmade(...parts: readonly (number | string | { readonly raw: readonly number[] })[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part)
    else if (typeof part === 'string') encoding.writeVarString(encoder, part)
    else for (const byte of part.raw) encoding.writeUint8(encoder, byte)
  }
  return encoding.toUint8Array(encoder)
}

const byte = (value: number) => ({ raw: [value] })
const STRING = 4
const TYPE = 7
const XML_ELEMENT = 3
const HAS_ORIGIN = 0x80
const NO_DELETIONS = 0

test('a paragraph with text is news, from the client that wrote it', () => {
  const doc = new Y.Doc()
  const update = editOf((target) => typeParagraph(target, 'Bonjour'), doc)
  expect(inspect(update)).toEqual({ kind: 'news', complete: true, clients: [doc.clientID], suggestions: [] })
})

test('headings, lists, breaks, marks, attributes and titles are all accepted', () => {
  const update = editOf((doc) => {
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('level', 2 as unknown as string)
    const text = new Y.XmlText()
    text.insert(0, 'gras', { bold: true, link: { href: 'https://exemple.quebec' } })
    heading.insert(0, [text, new Y.XmlElement('hardBreak')])
    const list = new Y.XmlElement('bulletList')
    list.insert(0, [new Y.XmlElement('listItem')])
    doc.getXmlFragment('body').insert(0, [heading, list])
    doc.getMap('meta').set('title', 'Titre')
    text.insert(2, 'encore')
    text.delete(0, 3)
  })
  expect(inspect(update)).toMatchObject({ kind: 'news', complete: true })
})

test('what is empty or known already is nothing', () => {
  const doc = new Y.Doc()
  const update = editOf((target) => typeParagraph(target, 'Bonjour'), doc)
  const deletion = editOf((target) => target.getXmlFragment('body').delete(0, 1), doc)
  expect(inspect(Uint8Array.of(0, 0))).toEqual({ kind: 'nothing' })
  expect(inspect(update, doc)).toEqual({ kind: 'nothing' })
  expect(inspect(deletion, doc)).toEqual({ kind: 'nothing' })
  expect(inspect(Y.encodeStateAsUpdate(doc), doc)).toEqual({ kind: 'nothing' })
})

test('a deletion of something that stands is news without an author of text', () => {
  const doc = new Y.Doc()
  typeParagraph(doc, 'Bonjour')
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const deletion = editOf((target) => target.getXmlFragment('body').delete(0, 1), other)
  expect(inspect(deletion, doc)).toEqual({ kind: 'news', complete: true, clients: [], suggestions: [] })
})

test('what builds on something missing is incomplete: text, a neighbour, a parent, a deletion', () => {
  const doc = new Y.Doc()
  editOf((target) => typeParagraph(target, 'un'), doc)
  const later = editOf((target) => typeParagraph(target, 'deux'), doc)
  expect(inspect(later)).toMatchObject({ kind: 'news', complete: false })
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const beside = editOf((target) => typeParagraph(target, 'trois'), other)
  expect(inspect(beside)).toMatchObject({ kind: 'news', complete: false })
  const deletion = editOf((target) => target.getXmlFragment('body').delete(0, 1), other)
  expect(inspect(deletion)).toMatchObject({ kind: 'news', complete: false })
  expect(inspect(Y.mergeUpdates([Y.encodeStateAsUpdate(doc), beside, deletion]))).toMatchObject({
    complete: true,
  })
})

test('every truncation of an update is malformed, and so is anything after its end', () => {
  const update = editOf((doc) => typeParagraph(doc, 'Bonjour'))
  for (let length = 0; length < update.length; length += 1) {
    expect(inspect(update.slice(0, length)).kind, `${length} of ${update.length} bytes`).toBe('malformed')
  }
  expect(inspect(Uint8Array.of(...update, 0))).toEqual({ kind: 'malformed' })
})

test('an item that builds on itself or on its own future is malformed: Yjs would choke on it once stored', () => {
  const selfish = handmade(1, 1, 9, 0, byte(HAS_ORIGIN | STRING), 9, 0, 'x', NO_DELETIONS)
  const future = handmade(1, 1, 9, 0, byte(HAS_ORIGIN | STRING), 9, 7, 'x', NO_DELETIONS)
  const parent = handmade(1, 1, 9, 0, byte(STRING), 0, 9, 3, 'x', NO_DELETIONS)
  for (const update of [selfish, future, parent]) expect(inspect(update)).toEqual({ kind: 'malformed' })
})

test('items that build on each other are malformed', () => {
  const circle = handmade(
    2,
    ...[1, 8, 0, byte(HAS_ORIGIN | STRING), 9, 0, 'x'],
    ...[1, 9, 0, byte(HAS_ORIGIN | STRING), 8, 0, 'y'],
    NO_DELETIONS,
  )
  expect(inspect(circle)).toEqual({ kind: 'malformed' })
  const nested = handmade(
    2,
    ...[1, 8, 0, byte(TYPE), 0, 9, 0, XML_ELEMENT, 'paragraph'],
    ...[1, 9, 0, byte(TYPE), 0, 8, 0, XML_ELEMENT, 'paragraph'],
    NO_DELETIONS,
  )
  expect(inspect(nested)).toEqual({ kind: 'malformed' })
})

test('clocks beyond what a state vector can say are malformed', () => {
  const huge = 2 ** 52
  const deleted = (length: number) => [byte(1), 1, 'body', length] as const
  expect(inspect(handmade(1, 1, 9, 0, ...deleted(huge), NO_DELETIONS))).toEqual({ kind: 'malformed' })
  expect(inspect(handmade(1, 1, 9, huge, ...deleted(1), NO_DELETIONS))).toEqual({ kind: 'malformed' })
  expect(inspect(handmade(0, 1, 9, 1, huge, huge))).toEqual({ kind: 'malformed' })
})

test('an overlong varint, which decodes to NaN, is malformed wherever a number stands', () => {
  const nan = { raw: [...new Array(200).fill(0x80), 0] }
  const text = [byte(STRING), 1, 'body', 'x'] as const
  expect(inspect(handmade(1, 1, nan, 0, ...text, NO_DELETIONS))).toEqual({ kind: 'malformed' })
  expect(inspect(handmade(1, 1, 9, nan, ...text, NO_DELETIONS))).toEqual({ kind: 'malformed' })
  expect(inspect(handmade(1, 1, 9, 0, byte(HAS_ORIGIN | STRING), nan, 0, 'x', NO_DELETIONS))).toEqual({
    kind: 'malformed',
  })
  expect(inspect(handmade(1, 1, 9, 0, byte(HAS_ORIGIN | STRING), 8, nan, 'x', NO_DELETIONS))).toEqual({
    kind: 'malformed',
  })
  expect(inspect(handmade(0, 1, nan, 1, 0, 1))).toEqual({ kind: 'malformed' })
  expect(inspect(handmade(0, 1, 9, 1, nan, 1))).toEqual({ kind: 'malformed' })
  expect(inspect(handmade(0, 1, 9, 1, 0, nan))).toEqual({ kind: 'malformed' })
})

test('a client that comes twice in one update, and empty items, are malformed', () => {
  const text = [byte(STRING), 1, 'body', 'x'] as const
  const twice = handmade(3, ...[1, 9, 0, ...text], ...[1, 8, 0, ...text], ...[1, 9, 1, ...text], NO_DELETIONS)
  expect(inspect(twice)).toEqual({ kind: 'malformed' })
  expect(inspect(handmade(1, 1, 9, 0, byte(STRING), 1, 'body', '', NO_DELETIONS))).toEqual({
    kind: 'malformed',
  })
})

test('an update of more clients than one person can have been is malformed', () => {
  const parts = Array.from({ length: 101 }, (_, index) => [
    1,
    1000 - index,
    0,
    byte(TYPE),
    1,
    'body',
    XML_ELEMENT,
    'paragraph',
  ])
  expect(inspect(handmade(101, ...parts.flat(), NO_DELETIONS))).toEqual({ kind: 'malformed' })
})

/** Elements nested in one another; with `backwards`, each is written before the one that it is in. */
function nest(depth: number, backwards: boolean): Uint8Array {
  const elements = Array.from({ length: depth }, (_, level) => {
    const client = backwards ? 1 + level : 1_000_000 - level
    const parentClient = backwards ? level : 1_000_001 - level
    const parent = level === 0 ? [1, 'body'] : [0, parentClient, 0]
    return [1, client, 0, byte(TYPE), ...parent, XML_ELEMENT, 'blockquote']
  })
  if (backwards) elements.reverse()
  return handmade(depth, ...elements.flat(), NO_DELETIONS)
}

test('elements nested without end are malformed, in whatever order they come', () => {
  const judge = (update: Uint8Array) =>
    inspectUpdate(update, new Y.Doc(), draftKind, { ...BOUNDS, clientsPerUpdate: 1_000_000 }).kind
  for (const backwards of [false, true]) {
    expect(judge(nest(90, backwards))).toBe('news')
    expect(judge(nest(110, backwards))).toBe('malformed')
    expect(judge(nest(10_000, backwards))).toBe('malformed')
  }
})

test('nesting that grows from update to update is stopped at the same depth', () => {
  const doc = new Y.Doc()
  const author = new Y.Doc()
  let inner: Y.XmlFragment = author.getXmlFragment('body')
  let accepted = 0
  for (; accepted < 200; accepted += 1) {
    const update = editOf(() => {
      const next = new Y.XmlElement('blockquote')
      inner.insert(0, [next])
      inner = next
    }, author)
    if (inspect(update, doc).kind !== 'news') break
    Y.applyUpdate(doc, update)
  }
  expect(accepted).toBe(101)
})

test('long text of many small items is inspected without deep recursion', () => {
  const author = new Y.Doc()
  typeParagraph(author, 'x')
  const paragraph = author.getXmlFragment('body').get(0) as Y.XmlElement
  const text = paragraph.get(0) as Y.XmlText
  for (let index = 0; index < 20_000; index += 1) text.insert(index % 2 === 0 ? 0 : text.length, 'y')
  expect(inspect(Y.encodeStateAsUpdate(author))).toMatchObject({ kind: 'news', complete: true })
})

test.each<[string, (doc: Y.Doc) => void, RegExp]>([
  ['a root that drafts do not have', (doc) => doc.getMap('comments').set('a', 1), /root/],
  [
    'an element that the editor does not know',
    (doc) => doc.getXmlFragment('body').insert(0, [new Y.XmlElement('script')]),
    /element «script»/,
  ],
  ['a type that is no element', (doc) => doc.getMap('meta').set('x', new Y.Map()), /element/],
  ['a document inside of the document', (doc) => doc.getMap('meta').set('x', new Y.Doc()), /content/],
  ['bytes', (doc) => doc.getMap('meta').set('x', Uint8Array.of(1)), /content/],
  ['text outside of a text node', (doc) => doc.getText('body').insert(0, 'x'), /text outside/],
  ['a list in the place of names', (doc) => doc.getArray('meta').push(['x']), /nothing may be put/],
])('%s is refused', (_, edit, why) => {
  const verdict = inspect(editOf(edit))
  expect(verdict).toMatchObject({ kind: 'refused' })
  expect(verdict.kind === 'refused' && verdict.why).toMatch(why)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:x',
  ' javascript:x',
  'java\tscript:x',
  'data:text/html,x',
  'http://a',
  '//a',
  '',
])('a link to «%s» is refused', (href) => {
  const update = editOf((doc) => {
    typeParagraph(doc, 'clic')
    const text = (doc.getXmlFragment('body').get(0) as Y.XmlElement).get(0) as Y.XmlText
    text.format(0, 4, { link: { href } })
  })
  expect(inspect(update)).toMatchObject({ kind: 'refused', why: expect.stringMatching(/link/) })
})

test('an element inside of a text node is refused', () => {
  const doc = new Y.Doc()
  typeParagraph(doc, 'x')
  const text = ((doc.getXmlFragment('body').get(0) as Y.XmlElement).get(0) as Y.XmlText)._item
  const update = handmade(
    1,
    1,
    9,
    0,
    byte(TYPE),
    0,
    text?.id.client ?? 0,
    text?.id.clock ?? 0,
    XML_ELEMENT,
    'paragraph',
    NO_DELETIONS,
  )
  expect(inspect(update, doc)).toMatchObject({
    kind: 'refused',
    why: expect.stringMatching(/inside of a text/),
  })
})

test('whatever the editor’s schema can hold is accepted', () => {
  const inline = [
    { type: 'text', text: 'gras', marks: [{ type: 'bold' }, { type: 'italic' }] },
    { type: 'hardBreak' },
    { type: 'text', text: 'lien', marks: [{ type: 'link', attrs: { href: 'mailto:a@exemple.quebec' } }] },
  ]
  const paragraph = { type: 'paragraph', content: inline }
  const list = (type: string) => ({ type, content: [{ type: 'listItem', content: [paragraph] }] })
  const blocks = [
    { type: 'heading', attrs: { level: 3 }, content: inline },
    { type: 'blockquote', content: [paragraph, list('bulletList')] },
    { ...list('orderedList'), attrs: { start: 4, type: 'a' } },
    paragraph,
    { type: 'paragraph' },
  ]
  const schema = getSchema(draftExtensions)
  const doc = prosemirrorJSONToYDoc(schema, { type: 'doc', content: blocks }, 'body')
  expect(inspect(Y.encodeStateAsUpdate(doc))).toMatchObject({ kind: 'news', complete: true })
})
