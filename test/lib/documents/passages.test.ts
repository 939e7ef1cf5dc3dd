import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { clientsOf, handsOf, passagesOf } from '#lib/documents/draft/passages.ts'
import { canonicalText, plainTextOf, textOf } from '#lib/documents/draft/text.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'

const whose = (client: number) => `${client}` as string as VolunteerId

/** The text as runs of one author each, through the code under test. */
function stretchesOf(doc: Y.Doc) {
  const text = textOf(doc)
  const { title, body } = canonicalText(text)
  const whole = `${title}\n${plainTextOf(body)}`
  let at = 0
  return passagesOf(text, handsOf(doc), whose).map(([by, length]) => {
    at += length
    return [by, whole.slice(at - length, at)]
  })
}

function element(name: string, ...children: (Y.XmlElement | Y.XmlText)[]) {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}

it('two hands in one word are two passages', () => {
  const one = new Y.Doc()
  one.clientID = 1
  one.getMap('meta').set('title', 'Titre')
  one.getXmlFragment('body').insert(0, [element('paragraph', new Y.XmlText('bonr'))])
  const other = new Y.Doc()
  other.clientID = 2
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  const paragraph = other.getXmlFragment('body').get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (text instanceof Y.XmlText) text.insert(3, 'jou')
  expect(stretchesOf(other)).toEqual([
    ['1', 'Titre\nbon'],
    ['2', 'jou'],
    ['1', 'r'],
  ])
  expect(clientsOf(handsOf(other)).toSorted()).toEqual([1, 2])
})

type Step = { readonly who: number; readonly kind: number; readonly at: number; readonly text: string }

function take(doc: Y.Doc, { kind, at, text }: Step) {
  const body = doc.getXmlFragment('body')
  const child = body.length > 0 ? body.get(at % body.length) : null
  const inner = child instanceof Y.XmlElement && child.length > 0 ? child.get(at % child.length) : null
  if (kind === 0) {
    body.insert(at % (body.length + 1), [element(at % 2 ? 'paragraph' : 'heading', new Y.XmlText(text))])
  } else if (kind === 1) {
    body.insert(0, [element('bulletList', element('listItem', element('paragraph', new Y.XmlText(text))))])
  } else if (kind === 2 && child instanceof Y.XmlElement) child.insert(0, [new Y.XmlElement('hardBreak')])
  else if (kind === 3 && inner instanceof Y.XmlText) inner.insert(at % (inner.length + 1), text)
  else if (kind === 4 && inner instanceof Y.XmlText && inner.length > 1)
    inner.format(0, inner.length - 1, { bold: {} })
  else if (kind === 5 && inner instanceof Y.XmlText && inner.length > 1) inner.delete(0, 1)
  else if (kind === 6) doc.getMap('meta').set('title', text)
  else if (kind === 7) body.push([new Y.XmlText(text)])
}

it('passages are exactly as long as the text, whatever was written in it by whomever', () => {
  const step = fc.record({
    who: fc.nat(2),
    kind: fc.nat(7),
    at: fc.nat(20),
    text: fc.string({ unit: 'grapheme' }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const docs = [1, 2, 3].map((client) => Object.assign(new Y.Doc(), { clientID: client }))
      for (const one of steps) {
        const doc = docs[one.who]
        if (!doc) continue
        take(doc, one)
        for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      }
      const [doc] = docs
      if (!doc) return
      const { title, body } = canonicalText(textOf(doc))
      expect(
        stretchesOf(doc)
          .map(([, part]) => part)
          .join(''),
      ).toBe(`${title}\n${plainTextOf(body)}`)
      const lengths = passagesOf(textOf(doc), handsOf(doc), whose).map(([, length]) => length)
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(
        title.length + 1 + plainTextOf(body).length,
      )
    }),
    { numRuns: 200 },
  )
})
