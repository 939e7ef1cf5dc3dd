import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { restoreText } from '#lib/documents/draft/restore.ts'
import { bodyOf, metaOf } from '#lib/documents/draft/roots.ts'
import { canonicalText, plainTextOf, textHash, textOf } from '#lib/documents/draft/text.ts'
import type { DraftText } from '#lib/domain/body.ts'

type Child = Y.XmlElement | Y.XmlText

function element(name: string, ...children: Child[]) {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}
const paragraph = (text: string) => element('paragraph', new Y.XmlText(text))

function docWith(...blocks: Y.XmlElement[]) {
  const doc = new Y.Doc()
  bodyOf(doc).insert(0, blocks)
  return doc
}

function copyOf(doc: Y.Doc) {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

function meet(one: Y.Doc, other: Y.Doc) {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
}

function textIn(doc: Y.Doc, at: number): Y.XmlText {
  const block = bodyOf(doc).get(at)
  const text = block instanceof Y.XmlElement ? block.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('no text there')
  return text
}

const plain = (doc: Y.Doc) => plainTextOf(textOf(doc).body)

describe('restoring a text', () => {
  it('writes nothing where the document says it already', () => {
    const doc = docWith(paragraph('Un'), element('heading', new Y.XmlText('Deux')))
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    restoreText(doc, textOf(doc))
    expect(updates).toBe(0)
  })

  it('keeps what somebody else types meanwhile, in the very block that it changes', () => {
    const doc = docWith(paragraph('La rue est longue.'), paragraph('Fin.'))
    const wanted = textOf(doc)
    textIn(doc, 0).delete(3, 3)
    textIn(doc, 0).insert(3, 'route')
    const other = copyOf(doc)
    textIn(other, 0).insert(textIn(other, 0).length, ' Vraiment.')
    textIn(other, 1).insert(0, 'La ')
    restoreText(doc, wanted)
    meet(doc, other)
    expect(plain(doc)).toBe('La rue est longue. Vraiment.\nLa Fin.')
    expect(plain(other)).toBe(plain(doc))
  })

  it('leaves a caret where it was in the words that stay', () => {
    const doc = docWith(paragraph('Il pleut sur Laval.'))
    const wanted = textOf(doc)
    textIn(doc, 0).insert(0, 'Hier ')
    const caret = Y.createRelativePositionFromTypeIndex(textIn(doc, 0), 'Hier Il pleut'.length)
    restoreText(doc, wanted)
    const place = Y.createAbsolutePositionFromRelativePosition(caret, doc)
    expect([place?.type, place?.index]).toEqual([textIn(doc, 0), 'Il pleut'.length])
  })

  it('brings back marks, links and the title, and takes off what was put on since', () => {
    const doc = docWith(paragraph('tout est dit'), paragraph('un lien'))
    textIn(doc, 0).format(0, 4, { bold: {} })
    textIn(doc, 1).format(3, 4, { link: { href: 'https://exemple.quebec', target: null } })
    metaOf(doc).set('title', 'Titre')
    const wanted = textOf(doc)
    textIn(doc, 0).format(0, 12, { bold: null, italic: {} })
    textIn(doc, 1).format(3, 4, { link: null })
    metaOf(doc).set('title', 'Autre')
    restoreText(doc, wanted)
    expect(textOf(doc)).toEqual(wanted)
  })

  it('leaves a suggestion alone where its paragraph stays', () => {
    const doc = docWith(paragraph('Un mot.'), paragraph('Deux.'))
    const wanted = textOf(doc)
    textIn(doc, 0).insert(3, 'long ', { suggestInsert: { id: 'a' } })
    textIn(doc, 1).insert(0, 'Encore ')
    const before = textOf(doc).body[0]
    restoreText(doc, wanted)
    expect(textOf(doc).body[0]).toEqual(before)
    expect(plainTextOf(canonicalText(textOf(doc)).body)).toBe('Un mot.\nDeux.')
  })

  it('does not bring back what was only suggested then', () => {
    const doc = docWith(paragraph('Un mot.'))
    textIn(doc, 0).insert(3, 'long ', { suggestInsert: { id: 'a' } })
    const wanted = textOf(doc)
    textIn(doc, 0).delete(0, textIn(doc, 0).length)
    restoreText(doc, wanted)
    expect(plain(doc)).toBe('Un mot.')
  })
})

type Step = { readonly kind: number; readonly at: number; readonly text: string }

function take(doc: Y.Doc, { kind, at, text }: Step) {
  const body = bodyOf(doc)
  const child = body.length > 0 ? body.get(at % body.length) : null
  const inner = child instanceof Y.XmlElement && child.length > 0 ? child.get(at % child.length) : null
  if (kind === 0) body.insert(at % (body.length + 1), [paragraph(text)])
  else if (kind === 1) {
    body.insert(0, [
      element('bulletList', element('listItem', paragraph(text)), element('listItem', paragraph('b'))),
    ])
  } else if (kind === 2 && child instanceof Y.XmlElement) {
    child.insert(0, [new Y.XmlText(text), new Y.XmlElement('hardBreak')])
  } else if (kind === 3 && inner instanceof Y.XmlText) inner.insert(at % (inner.length + 1), text)
  else if (kind === 4 && inner instanceof Y.XmlText && inner.length > 1)
    inner.format(0, inner.length - 1, { bold: {} })
  else if (kind === 5 && inner instanceof Y.XmlText && inner.length > 1) inner.delete(at % inner.length, 1)
  else if (kind === 6) metaOf(doc).set('title', text)
  else if (kind === 7 && body.length > 0) body.delete(at % body.length, 1)
  else if (kind === 8) body.insert(0, [element('heading', new Y.XmlText(text))])
  else if (kind === 9 && child instanceof Y.XmlElement) child.setAttribute('level', `${at % 3}`)
  else if (kind === 10 && inner instanceof Y.XmlText && inner.length > 1)
    inner.format(0, 1, { link: { href: `https://${at}.quebec` } })
}

const step = fc.record({
  kind: fc.nat(10),
  at: fc.nat(20),
  text: fc
    .array(fc.constantFrom('rue', 'été', ' ', '. ', '👩‍🚀', 'Laval'), { minLength: 1, maxLength: 8 })
    .map((all) => all.join('')),
})
const steps = fc.array(step, { maxLength: 15 })

/** Neighbouring texts of one block are one: in how many pieces it is kept is not what a text says. */
function merged({ title, body }: DraftText): string {
  return textHash(canonicalText({ title, body }))
}

describe('whatever was written', () => {
  it('a document says exactly what was restored', () => {
    fc.assert(
      fc.property(steps, steps, (first, then) => {
        const doc = new Y.Doc()
        for (const one of first) take(doc, one)
        const wanted = textOf(doc)
        for (const one of then) take(doc, one)
        restoreText(doc, wanted)
        expect(merged(textOf(doc))).toBe(merged(wanted))
      }),
      { numRuns: 500 },
    )
  })

  it('a restore and what others write at the same time converge', () => {
    fc.assert(
      fc.property(steps, steps, steps, (first, then, meanwhile) => {
        const doc = new Y.Doc()
        for (const one of first) take(doc, one)
        const wanted = textOf(doc)
        for (const one of then) take(doc, one)
        const other = copyOf(doc)
        for (const one of meanwhile) take(other, one)
        restoreText(doc, wanted)
        meet(doc, other)
        expect(textOf(doc)).toEqual(textOf(other))
      }),
      { numRuns: 200 },
    )
  })
})
