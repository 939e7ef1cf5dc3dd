import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { anchorOf, locate, locateAll } from '#lib/documents/draft/anchor.ts'
import { bodyOf } from '#lib/documents/draft/roots.ts'
import { MAX_QUOTE } from '#lib/domain/threads/passage.ts'
import type { ThreadAnchor } from '#lib/protocol/threads.ts'
import {
  type Act,
  act,
  bringTo,
  copyOf,
  draftOf,
  type Editor,
  openEditor,
  paragraphOf,
  placeOf,
  shown,
} from './anchor-world.ts'

const TEXT = [
  'Le conseil siège mardi.',
  'On vote le budget des rives, puis on mange.',
  'La salle est ouverte.',
] as const

function anchored(words: string, ...text: readonly string[]) {
  const editor = openEditor(draftOf(...text))
  const { from, to } = placeOf(editor, words)
  const anchor = anchorOf(editor.doc, from, to)
  if (!anchor) throw new Error('there is something to read')
  return { editor, anchor, says: () => says(editor, anchor) }
}

function says(editor: Editor, anchor: ThreadAnchor) {
  const located = locate(editor.doc, anchor)
  return { state: located.state, text: shown(editor, located) }
}

const doing = (editor: Editor, what: Act['what'], at: number, within = 0, length = 0) =>
  act(editor, { what, at, within, length })

const FOUND = { state: 'found', text: 'le budget' }
const ORPHANED = { state: 'orphaned', text: null }

describe('a passage whose characters are written anew', () => {
  it('is found after Enter in front of it, and after the lines are joined again', () => {
    const { editor, says } = anchored('le budget', ...TEXT)
    doing(editor, 'split', 1, 3)
    expect(says().text).toBe('le budget')
    doing(editor, 'join', 2)
    expect(says().text).toBe('le budget')
  })

  it('is found after its paragraph becomes a heading, an item of a list, or moves to the top', () => {
    for (const what of ['heading', 'list', 'move'] as const) {
      const { editor, says } = anchored('le budget', ...TEXT)
      doing(editor, what, 1)
      expect({ what, text: says().text }).toEqual({ what, text: 'le budget' })
    }
  })

  it('is orphaned while its paragraph is gone, and found when that is undone, here and on other pages', () => {
    const { editor, anchor, says: here } = anchored('le budget', ...TEXT)
    const far = openEditor(copyOf(editor.doc))
    doing(editor, 'remove', 1)
    bringTo(far.doc, editor.doc)
    expect([here(), says(far, anchor)]).toEqual([ORPHANED, ORPHANED])
    doing(editor, 'undo', 0)
    bringTo(far.doc, editor.doc)
    expect([here(), says(far, anchor), says(openEditor(copyOf(far.doc)), anchor)]).toEqual([
      FOUND,
      FOUND,
      FOUND,
    ])
  })

  it('is found when the whole text is put back as it was, each among others that read the same', () => {
    const editor = openEditor(draftOf('Oui. Le chat dort.', 'Non. Le chat mange.', 'Le chat dort, dit-on.'))
    const anchors = ['Oui. Le chat', 'chat mange', 'chat dort,'].map((words) => {
      const { to } = placeOf(editor, words)
      const anchor = anchorOf(editor.doc, to - (words === 'Oui. Le chat' ? 4 : words.length), to)
      if (!anchor) throw new Error('there is something to read')
      return anchor
    })
    expect(anchors[0]?.quote).toBe('chat')
    const places = locateAll(editor.doc, anchors)
    const texts = ['Oui. Le chat dort.', 'Non. Le chat mange.', 'Le chat dort, dit-on.']
    bodyOf(editor.doc).delete(0, 3)
    for (const located of locateAll(editor.doc, anchors)) expect(located.state).toBe('orphaned')
    bodyOf(editor.doc).insert(0, texts.map(paragraphOf))
    expect(locateAll(editor.doc, anchors)).toEqual(places.map((place) => ({ ...place, state: 'found' })))
  })

  it('is found, whatever was anchored, where the text is put back: never elsewhere', () => {
    const words = fc.constantFrom('le chat', ' ', 'dort', 'oui', ', ', 'la nuit ', '🎉', 'é')
    const text = fc.array(words, { minLength: 1, maxLength: 14 }).map((list) => `${list.join('')}.`)
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.nat(90),
        fc.nat(30),
        (texts, from, length) => {
          const doc = draftOf(...texts)
          const anchor = anchorOf(doc, from, from + length + 1)
          if (!anchor) return
          const before = locate(doc, anchor)
          bodyOf(doc).delete(0, texts.length)
          bodyOf(doc).insert(0, texts.map(paragraphOf))
          const after = locate(doc, anchor)
          if (anchor.twins === null) expect(after.state).toBe('orphaned')
          else expect(after).toEqual({ ...before, state: 'found' })
        },
      ),
      { numRuns: 500, seed: 20_261_122 },
    )
  })
})

describe('words that only read the same', () => {
  it('are not taken for a passage that is gone', () => {
    const { editor, says } = anchored('le budget', ...TEXT, 'Non, le budget attendra.')
    doing(editor, 'remove', 1)
    expect(says()).toEqual(ORPHANED)
  })

  it('are not taken for it either when they come to stand where it stood', () => {
    const { editor, says } = anchored('oui', 'Ah oui, dit-elle.', 'Ah oui, dit-il.')
    doing(editor, 'remove', 0)
    expect(says()).toEqual(ORPHANED)
  })

  it('are not taken for it when somebody writes them later in another sentence', () => {
    const { editor, says } = anchored('oui', 'Elle dit oui à tout.', 'Fin.')
    doing(editor, 'remove', 0)
    bodyOf(editor.doc).push([paragraphOf('Je crois que oui, pas toi ?')])
    expect(says()).toEqual(ORPHANED)
  })

  it('in the same surroundings are never chosen between', () => {
    const line = 'Partagez ! #Québec'
    const { editor, says, anchor } = anchored('Partagez', line, line, line)
    expect(anchor.twins).not.toBe(undefined)
    const doc = copyOf(editor.doc)
    bodyOf(doc).delete(0, 3)
    bodyOf(doc).insert(0, [line, line].map(paragraphOf))
    bringTo(editor.doc, doc)
    expect(says()).toEqual(ORPHANED)
  })

  it('are told apart by longer surroundings where shorter ones are the same', () => {
    const same = 'Voici la formule que nous mettons partout, à la fin de chaque texte, sans y changer un mot.'
    const { anchor } = anchored('la fin', `${same} Un.`, `${same} Deux.`)
    expect(anchor.after.length).toBeGreaterThan(32)
    expect(anchor.twins).toHaveLength(1)
  })

  it('are not chosen while most of the passage stands where it was, though a copy reads as it did', () => {
    const { editor, says } = anchored('le budget des rives', ...TEXT)
    bodyOf(editor.doc).push([paragraphOf(TEXT[1])])
    expect(says()).toEqual({ state: 'exact', text: 'le budget des rives' })
    const { from } = placeOf(editor, 'le budget')
    editor.view.dispatch(editor.view.state.tr.insertText('X', from + 4))
    expect(says()).toEqual({ state: 'changed', text: 'le bXudget des rives' })
  })
})

describe('an anchor', () => {
  it('of nothing that can be read is none', () => {
    const doc = draftOf('Un', '', '   ', 'Deux')
    for (const [from, to] of [
      [1, 1],
      [3, 4],
      [3, 5],
      [6, 9],
      [0, 0],
      [40, 50],
      [3, 1],
    ] as const)
      expect(anchorOf(doc, from, to)).toBe(null)
  })

  it('leaves spaces at its ends out', () => {
    expect(anchorOf(draftOf('Un  mot ici'), 3, 9)?.quote).toBe('mot')
  })

  it('of a very long passage is that of its beginning', () => {
    const doc = draftOf(...Array.from({ length: 40 }, (_, n) => `${n} ${'mot '.repeat(60)}`))
    const anchor = anchorOf(doc, 0, 9000)
    expect(anchor?.quote.length).toBeLessThanOrEqual(MAX_QUOTE)
    expect(anchor?.quote.length).toBeGreaterThan(MAX_QUOTE - 100)
    if (anchor) expect(locate(doc, anchor)).toMatchObject({ state: 'exact', from: 1 })
  })

  it('of a passage by very many hands is that of its beginning', () => {
    const doc = draftOf('x'.repeat(400))
    const text = (bodyOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
    for (let at = 1; at < 800; at += 2) text.insert(at, 'y')
    const anchor = anchorOf(doc, 1, 700)
    expect(anchor?.pieces).toHaveLength(256)
    expect(anchor?.quote).toBe('xy'.repeat(128))
  })

  it('takes whole characters, and can be kept in a row whatever a raw client wrote', () => {
    const doc = draftOf('ab🎉cd', 'a\0b\ud83cc')
    expect(anchorOf(doc, 1, 4)?.quote).toBe('ab🎉')
    const odd = anchorOf(doc, 9, 14)
    expect(odd?.quote.isWellFormed()).toBe(true)
    expect(odd?.quote).not.toContain('\0')
    if (odd) expect(locate(doc, odd).state).toBe('exact')
  })

  it('that a page made up is orphaned or in the text, and never an error', () => {
    const doc = draftOf('Un mot', 'Deux mots')
    const client = doc.clientID
    const made = { start: '', end: 'AAAA', quote: 'mot', before: '', after: '', twins: [] }
    const pieces: ThreadAnchor['pieces'][] = [
      [],
      [[client, 0, 0]],
      [[client, 0, 1000]],
      [[client, 2 ** 40, 3]],
      [[7, 7, 7]],
      [
        [client, 12, 3],
        [client, 2, 3],
      ],
    ]
    for (const some of pieces)
      for (const quote of ['mot', '', '\n', 'Deux', 'stom nU'])
        for (const start of ['', 'AAAA', '////', 'AQ==']) {
          const located = locate(doc, { ...made, start, quote, pieces: some })
          if (located.state !== 'orphaned') expect(located.to).toBeGreaterThan(located.from)
        }
  })

  it('whose text has arrived in part only holds on to that part', () => {
    const here = openEditor(draftOf('le chat'))
    const there = openEditor(copyOf(here.doc))
    here.view.dispatch(here.view.state.tr.insertText(' dort', 8))
    const anchor = anchorOf(here.doc, 1, 13)
    if (!anchor) throw new Error('there is something to read')
    expect(says(there, anchor)).toEqual({ state: 'changed', text: 'le chat' })
    bringTo(there.doc, here.doc)
    expect(says(there, anchor)).toEqual({ state: 'exact', text: 'le chat dort' })
  })

  it('knows about where the passage was when it is gone', () => {
    const { editor, anchor } = anchored('le budget', ...TEXT)
    const { from, to } = placeOf(editor, 'le budget')
    editor.view.dispatch(editor.view.state.tr.delete(from, to))
    expect(locate(editor.doc, anchor)).toEqual({ state: 'orphaned', near: from })
    doing(editor, 'remove', 1)
    expect(locate(editor.doc, anchor).state).toBe('orphaned')
  })
})

describe('seeds of the fuzz that failed once', () => {
  it('a letter whose twin comes to stand at the beginning of the text is not that letter', () => {
    const doc = draftOf('le chat')
    const text = (bodyOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
    text.insert(0, 'le chat')
    const anchor = anchorOf(doc, 0, 2)
    if (!anchor) throw new Error('there is something to read')
    text.delete(0, 7)
    text.insert(7, 'le chat')
    expect(anchor.quote).toBe('l')
    expect(locate(doc, anchor).state).toBe('orphaned')
  })
})
