import * as Y from 'yjs'
import type { Random } from './random.ts'

const WORDS = ['dé', 'pêche', '🐟', 'une nuit ', 'x', ' à ', 'Rimouski'] as const

function textsIn(element: Y.XmlFragment): Y.XmlText[] {
  return element.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child]
    return child instanceof Y.XmlElement ? textsIn(child) : []
  })
}

/** A place that no editor puts inside of an emoji: Yjs replaces one that is torn apart. */
function placeIn(text: Y.XmlText, random: Random): number {
  const characters = text
    .toDelta()
    .map((part: { insert: string }) => part.insert)
    .join('')
  const at = random.below(characters.length + 1)
  return /^[\udc00-\udfff]/.test(characters.slice(at)) ? at - 1 : at
}

function paragraph(random: Random, name = 'paragraph'): Y.XmlElement {
  const element = new Y.XmlElement(name)
  element.insert(0, [new Y.XmlText(random.pick(WORDS))])
  return element
}

/** One edit such as the editor makes; its result depends on the seed and on what the document holds. */
export function editAtRandom(doc: Y.Doc, random: Random): void {
  const body = doc.getXmlFragment('body')
  const texts = textsIn(body)
  const text = texts.length > 0 ? random.pick(texts) : null
  const action = random.below(10)
  doc.transact(() => {
    if (action < 4 && text) text.insert(placeIn(text, random), random.pick(WORDS))
    else if (action === 4 && text) {
      const [one, other] = [placeIn(text, random), placeIn(text, random)]
      text.delete(Math.min(one, other), Math.abs(one - other))
    } else if (action === 5 && text) {
      const mark = random.pick([{ bold: true }, { link: { href: 'https://exemple.quebec' } }, { bold: null }])
      text.format(0, placeIn(text, random), mark)
    } else if (action === 6 && body.length > 0) body.delete(random.below(body.length), 1)
    else if (action === 7) doc.getMap('meta').set('title', `${random.pick(WORDS)}${random.below(100)}`)
    else if (action === 8) {
      const list = new Y.XmlElement('bulletList')
      const item = new Y.XmlElement('listItem')
      item.insert(0, [paragraph(random)])
      list.insert(0, [item])
      body.insert(random.below(body.length + 1), [list])
    } else
      body.insert(random.below(body.length + 1), [paragraph(random, random.pick(['paragraph', 'heading']))])
  })
}
