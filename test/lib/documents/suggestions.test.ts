import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { canonicalDoc } from '#lib/documents/draft/suggestions/canonical.ts'
import { suggestionsOf } from '#lib/documents/draft/suggestions/list.ts'
import { canonicalOf, copiesOf, hasSuggestionsIn, meet, openWriter, plainOf, schema } from './suggesting.ts'

const here = (...paragraphs: readonly string[]) => {
  const [writer] = copiesOf(1, ...paragraphs)
  if (!writer) throw new Error('nobody is here')
  return writer
}

describe('what is suggested', () => {
  it('is in the text of everybody, and not in the canonical text', () => {
    const writer = here('Bonjour monde')
    writer.suggest((tr) => tr.insertText('le ', 9))
    expect(plainOf(writer.doc)).toBe('Bonjour le monde')
    expect(canonicalOf(writer.doc)).toBe('Bonjour monde')
    expect(canonicalDoc(writer.node()).textContent).toBe('Bonjour monde')
    writer.decide('accept')
    expect(canonicalOf(writer.doc)).toBe('Bonjour le monde')
    expect(hasSuggestionsIn(writer.node())).toBe(false)
  })

  it('is one suggestion for a sentence, typed letter by letter, with its corrections', () => {
    const writer = here('Un.')
    let at = 4
    for (const letter of ' Deux trois quatre.') writer.suggest((tr) => tr.insertText(letter, at++))
    writer.suggest((tr) => tr.delete(at - 2, at))
    expect(plainOf(writer.doc)).toBe('Un. Deux trois quatr')
    expect(suggestionsOf(writer.node())).toMatchObject([{ inserted: ' Deux trois quatr', deleted: '' }])
    writer.decide('reject')
    expect(plainOf(writer.doc)).toBe('Un.')
  })

  it('replaces by striking and writing under one id', () => {
    const writer = here('Le grand jour')
    writer.suggest((tr) => tr.insertText('petit', 4, 9))
    expect(suggestionsOf(writer.node())).toMatchObject([{ inserted: 'petit', deleted: 'grand' }])
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('Le petit jour')
  })

  it('leaves the caret in front of what Backspace struck, and behind what Delete struck', () => {
    const writer = here('abcd')
    writer.select(3)
    writer.suggest((tr) => tr.delete(2, 3))
    expect(writer.state().selection.head).toBe(2)
    writer.suggest((tr) => tr.delete(1, 2))
    expect(suggestionsOf(writer.node())).toMatchObject([{ deleted: 'ab' }])
    writer.select(3)
    writer.suggest((tr) => tr.delete(3, 4))
    expect(writer.state().selection.head).toBe(4)
  })

  it('breaks and joins paragraphs only once it is accepted', () => {
    const writer = here('un deux', 'trois')
    writer.suggest((tr) => tr.split(4))
    writer.suggest((tr) => tr.delete(9, 11))
    expect(canonicalOf(writer.doc)).toBe('un deux\ntrois')
    expect(writer.node().childCount).toBe(2)
    const [first, second] = suggestionsOf(writer.node())
    expect(first?.breaks).toEqual(['split'])
    expect(second?.breaks).toEqual(['join'])
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('un \ndeuxtrois')
    expect(hasSuggestionsIn(writer.node())).toBe(false)
  })

  it('strikes over several paragraphs, and takes the empty ones away when accepted', () => {
    const writer = here('un', 'deux', 'trois')
    writer.suggest((tr) => tr.delete(2, 12))
    expect(canonicalOf(writer.doc)).toBe('un\ndeux\ntrois')
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('urois')
  })

  it('takes whole blocks as they are pasted, as lines of text', () => {
    const writer = here('un', 'deux')
    const block = (text: string) => schema.node('paragraph', null, schema.text(text))
    writer.suggest((tr) => tr.insert(4, [block('neuf'), block('dix')]))
    expect(canonicalOf(writer.doc)).toBe('un\ndeux')
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('un\nneuf\ndix\ndeux')
  })

  it('keeps line breaks, proposes new ones and strikes old ones', () => {
    const writer = here('undeux')
    writer.write((tr) => tr.insert(3, schema.node('hardBreak')))
    writer.suggest((tr) => tr.delete(3, 4))
    expect(canonicalOf(writer.doc)).toBe('un\ndeux')
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('undeux')
    writer.suggest((tr) => tr.insert(3, schema.node('hardBreak')))
    expect(canonicalOf(writer.doc)).toBe('undeux')
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('un\ndeux')
  })

  it('is a format that comes, goes, or is taken back by asking again', () => {
    const writer = here('Bonjour monde')
    const bold = schema.mark('bold')
    writer.suggest((tr) => tr.addMark(1, 8, bold))
    expect(suggestionsOf(writer.node())).toMatchObject([
      { formats: [{ mark: 'bold', add: true, text: 'Bonjour' }] },
    ])
    writer.suggest((tr) => tr.addMark(1, 8, bold))
    expect(hasSuggestionsIn(writer.node())).toBe(false)
    writer.suggest((tr) => tr.addMark(1, 8, bold))
    writer.decide('accept')
    expect(writer.node().rangeHasMark(1, 8, bold.type)).toBe(true)
    writer.suggest((tr) => tr.removeMark(1, 8, bold))
    expect(writer.node().rangeHasMark(1, 8, bold.type)).toBe(true)
    writer.decide('accept')
    expect(writer.node().rangeHasMark(1, 8, bold.type)).toBe(false)
  })

  it('may be a link, whose address comes with it', () => {
    const writer = here('Voir ici')
    writer.suggest((tr) => tr.addMark(6, 9, schema.mark('link', { href: 'https://exemple.quebec/' })))
    writer.decide('accept')
    expect(JSON.stringify(writer.node().toJSON())).toContain('https://exemple.quebec/')
  })

  it('cannot be another kind of block: that is refused, and nothing happens', () => {
    const writer = here('Titre')
    const { heading } = schema.nodes
    if (!heading) throw new Error('no heading')
    expect(writer.suggest((tr) => tr.setBlockType(1, 1, heading, { level: 1 }))).toBe(false)
    expect(writer.node().firstChild?.type.name).toBe('paragraph')
  })

  it('moves a passage by striking it here and writing it there', () => {
    const writer = here('un deux trois')
    writer.suggest((tr) => {
      const slice = tr.doc.slice(1, 4)
      return tr.delete(1, 4).replaceRange(11, 11, slice)
    })
    expect(canonicalOf(writer.doc)).toBe('un deux trois')
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('deux troisun ')
  })
})

describe('between two people', () => {
  const two = (...paragraphs: readonly string[]) => {
    const [ada, bo] = copiesOf(2, ...paragraphs)
    if (!ada || !bo) throw new Error('two are needed')
    return { ada, bo, meet: () => meet(ada.doc, bo.doc) }
  }

  it('a suggestion is never taken for the other’s, however near it is', () => {
    const { ada, bo, meet } = two('Bonjour')
    ada.suggest((tr) => tr.insertText(' tous', 8))
    meet()
    bo.suggest((tr) => tr.insertText(' et toutes', 13))
    meet()
    expect(suggestionsOf(ada.node()).map(({ id, inserted }) => [id[0], inserted])).toEqual([
      ['a', ' tous'],
      ['b', ' et toutes'],
    ])
  })

  it('what is typed on while somebody rejects it is a suggestion still, and no text', () => {
    const { ada, bo, meet } = two('Bonjour')
    ada.suggest((tr) => tr.insertText('abc', 8))
    meet()
    ada.suggest((tr) => tr.insertText('d', 11))
    ada.suggest((tr) => tr.insertText('X', 9))
    bo.decide('reject')
    meet()
    expect(canonicalOf(ada.doc)).toBe('Bonjour')
    expect(ada.node().eq(bo.node())).toBe(true)
    bo.decide('reject')
    expect(plainOf(bo.doc)).toBe('Bonjour')
  })

  it('what is typed on while somebody accepts it waits for its own verdict', () => {
    const { ada, bo, meet } = two('Bonjour')
    ada.suggest((tr) => tr.insertText('abc', 8))
    meet()
    ada.suggest((tr) => tr.insertText('d', 11))
    bo.decide('accept')
    meet()
    expect(canonicalOf(ada.doc)).toBe('Bonjourabc')
    expect(plainOf(ada.doc)).toBe('Bonjourabcd')
  })

  it('what is typed into a passage that is being struck stays to be seen', () => {
    const { ada, bo, meet } = two('Bonjour monde')
    ada.suggest((tr) => tr.delete(1, 8))
    bo.write((tr) => tr.insertText('X', 4))
    meet()
    expect(canonicalOf(bo.doc)).toBe('BonXjour monde')
    expect(ada.node().eq(bo.node())).toBe(true)
  })

  it('what both strike goes when either is accepted, and stays when both are rejected', () => {
    const { ada, bo, meet } = two('Bonjour monde')
    ada.suggest((tr) => tr.delete(1, 10))
    bo.suggest((tr) => tr.delete(5, 14))
    meet()
    expect(suggestionsOf(ada.node()).map(({ deleted }) => deleted)).toEqual(['Bonjour m', 'our monde'])
    ada.decide('reject', ['a1'])
    meet()
    expect(suggestionsOf(bo.node()).map(({ deleted }) => deleted)).toEqual(['our monde'])
    bo.decide('accept')
    meet()
    expect(canonicalOf(ada.doc)).toBe('Bonj')
  })

  it('one who accepts and one who rejects at once end in the same text, with no mark left', () => {
    const { ada, bo, meet } = two('Bonjour monde')
    ada.suggest((tr) => tr.insertText('petit', 9, 14))
    meet()
    ada.decide('accept')
    bo.decide('reject')
    meet()
    expect(ada.node().eq(bo.node())).toBe(true)
    expect(hasSuggestionsIn(ada.node())).toBe(false)
  })
})

describe('what once went wrong in a random session', () => {
  it('undoing an insertion that another strikes and writes beside leaves the rest of the line alone', () => {
    const [ada, bo] = copiesOf(2, 'cinq six')
    if (!ada || !bo) throw new Error('two are needed')
    ada.suggest((tr) => tr.insertText('x', 4))
    meet(ada.doc, bo.doc)
    bo.suggest((tr) => tr.delete(2, 5))
    meet(ada.doc, bo.doc)
    ada.undo()
    bo.suggest((tr) => tr.insertText('x', 6))
    meet(ada.doc, bo.doc)
    expect(canonicalOf(ada.doc)).toBe('cinq six')
    expect(ada.node().eq(bo.node())).toBe(true)
  })

  it('a letter before the same letter is the new one of the two, whoever undoes or rejects it', () => {
    const [ada, bo] = copiesOf(2, 'un')
    if (!ada || !bo) throw new Error('two are needed')
    ada.suggest((tr) => tr.insertText('u', 1))
    meet(ada.doc, bo.doc)
    bo.decide('reject')
    meet(ada.doc, bo.doc)
    ada.undo()
    meet(ada.doc, bo.doc)
    expect(canonicalOf(bo.doc)).toBe('un')
  })

  it('seed 603927855: a letter written before somebody’s same letter while they reject theirs takes no text along', () => {
    const [ada, bo] = copiesOf(2, 'six', 'sept')
    if (!ada || !bo) throw new Error('two are needed')
    ada.suggest((tr) => tr.insertText('y', 7))
    meet(ada.doc, bo.doc)
    bo.suggest((tr) => tr.insertText('y', 6, 7))
    ada.decide('reject')
    meet(ada.doc, bo.doc)
    expect(canonicalOf(ada.doc)).toBe('six\nsept')
    ada.decide('reject')
    meet(ada.doc, bo.doc)
    expect(plainOf(bo.doc)).toBe('six\nsept')
  })

  it('two who replace the same words, and with them what each had proposed in them, leave one copy of the words', () => {
    const [ada, bo] = copiesOf(2, 'abcd')
    if (!ada || !bo) throw new Error('two are needed')
    ada.suggest((tr) => tr.insertText('X', 2))
    bo.suggest((tr) => tr.insertText('Y', 2))
    meet(ada.doc, bo.doc)
    ada.suggest((tr) => tr.insertText('z', 2, 6))
    bo.suggest((tr) => tr.insertText('w', 2, 6))
    meet(ada.doc, bo.doc)
    expect(plainOf(ada.doc)).toBe('abczwd')
    expect(canonicalOf(ada.doc)).toBe('abcd')
    ada.decide('reject')
    meet(ada.doc, bo.doc)
    expect(plainOf(bo.doc)).toBe('abcd')
  })

  it('what one writes behind a suggestion while its author types on is no part of it', () => {
    for (const first of [0, 1]) {
      const writers = copiesOf(2, 'quatre')
      const [ada, bo] = [writers[first], writers[1 - first]]
      if (!ada || !bo) throw new Error('two are needed')
      ada.suggest((tr) => tr.insertText('x', 7))
      meet(ada.doc, bo.doc)
      ada.suggest((tr) => tr.insertText('y', 8))
      bo.write((tr) => tr.insertText('L', 8))
      meet(ada.doc, bo.doc)
      expect(canonicalOf(ada.doc)).toBe('quatreL')
      bo.decide('reject')
      meet(ada.doc, bo.doc)
      expect(plainOf(ada.doc)).toBe('quatreL')
    }
  })

  it('what one writes into a suggestion while its author types on may become part of it, in sight of all', () => {
    const [ada, bo] = copiesOf(2, 'un')
    if (!ada || !bo) throw new Error('two are needed')
    for (let at = 3; at < 10; at += 1) ada.suggest((tr) => tr.insertText('x', at))
    meet(ada.doc, bo.doc)
    // The eighth letter has the whole passage marked anew, as one.
    ada.suggest((tr) => tr.insertText('x', 10))
    bo.write((tr) => tr.insertText('L', 6))
    expect(canonicalOf(bo.doc)).toBe('unL')
    meet(ada.doc, bo.doc)
    expect(suggestionsOf(bo.node())).toMatchObject([{ inserted: 'xxxLxxxxx' }])
    bo.decide('accept')
    meet(ada.doc, bo.doc)
    expect(plainOf(ada.doc)).toBe('unxxxLxxxxx')
  })

  it('a block that is struck with the end of the one before leaves no sign behind', () => {
    const writer = here('un', 'deux', 'trois')
    writer.suggest((tr) => tr.delete(3, 9))
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('un\ntrois')
  })
})

describe('what was suggested and decided', () => {
  it('is there after a reload', () => {
    const writer = here('Bonjour monde')
    writer.suggest((tr) => tr.insertText('le ', 9).delete(1, 4))
    const again = new Y.Doc()
    Y.applyUpdate(again, Y.encodeStateAsUpdate(writer.doc))
    expect(openWriter(again, 'b').node().eq(writer.node())).toBe(true)
  })

  it('is undone by the one who did it, in one step', () => {
    const writer = here('Bonjour monde')
    writer.suggest((tr) => tr.insertText('petit', 9, 14))
    const suggested = writer.node()
    writer.pause()
    writer.decide('accept')
    expect(plainOf(writer.doc)).toBe('Bonjour petit')
    writer.undo()
    expect(writer.node().eq(suggested)).toBe(true)
    writer.undo()
    expect(plainOf(writer.doc)).toBe('Bonjour monde')
    expect(hasSuggestionsIn(writer.node())).toBe(false)
  })
})
