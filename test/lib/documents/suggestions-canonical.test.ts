import { Fragment, Slice } from '@tiptap/pm/model'
import { describe, expect, it } from 'vitest'
import { draftKind } from '#lib/documents/draft/shape.ts'
import { canonicalDoc, canonicalSlice, canonicalTextOf } from '#lib/documents/draft/suggestions/canonical.ts'
import { canonicalText, textHash, textOf } from '#lib/documents/draft/text.ts'
import { contentOf, seedOf } from '#server/drafts/content.ts'
import { exportContent } from '#server/drafts/formats/export.ts'
import { copiesOf, schema } from './suggesting.ts'

function suggestedDraft() {
  const [writer] = copiesOf(1, 'Le grand jour', 'et la nuit')
  if (!writer) throw new Error('nobody is here')
  const before = textOf(writer.doc)
  writer.suggest((tr) => tr.insertText('PROPOSÉ', 4, 9))
  writer.suggest((tr) => tr.addMark(1, 3, schema.mark('bold')))
  writer.suggest((tr) => tr.split(tr.doc.content.size - 3))
  return { writer, before }
}

describe('the canonical text of a draft with suggestions', () => {
  it('has the hash of the text before, and is its own canonical text', () => {
    const { writer, before } = suggestedDraft()
    const text = textOf(writer.doc)
    expect(text).not.toEqual(before)
    expect(textHash(text)).toBe(textHash(before))
    expect(canonicalText(text)).toEqual(before)
    expect(canonicalText(canonicalText(text))).toEqual(before)
  })

  it('is all that rows, searches and counts are made of', () => {
    const { writer } = suggestedDraft()
    const { plainText, wordCount, characterCount } = draftKind.read(writer.doc)
    expect(plainText).toBe('Le grand jour\net la nuit')
    expect(wordCount).toBe(6)
    expect(characterCount).toBe([...'Le grand jouret la nuit'].length)
    expect(writer.node().firstChild && canonicalTextOf(writer.node().firstChild ?? writer.node())).toBe(
      'Le grand jour',
    )
  })

  it.each(['md', 'html', 'txt', 'json'] as const)('is all that a file of %s has in it', (format) => {
    const { writer } = suggestedDraft()
    const { text } = exportContent(contentOf(writer.doc), format)
    expect(text).toContain('Le grand jour')
    for (const leak of ['PROPOSÉ', '¶', 'suggest', 'strong', '**']) expect(text).not.toContain(leak)
  })

  it('is all that a copy of the draft begins with', () => {
    const { writer, before } = suggestedDraft()
    const { title, body } = contentOf(writer.doc)
    expect(seedOf({ title, body: body.toJSON() }).facts.text).toEqual(before)
  })
})

describe('what goes to the clipboard', () => {
  const sliceOf = (from: number, to: number) => suggestedDraft().writer.node().slice(from, to)

  it('is the canonical text of the selection, with nothing that proposes', () => {
    const { writer } = suggestedDraft()
    const whole = canonicalSlice(new Slice(writer.node().content, 0, 0))
    expect(whole.content.eq(canonicalDoc(writer.node()).content)).toBe(true)
    expect(whole.content.textBetween(0, whole.content.size, '\n')).toBe('Le grand jour\net la nuit')
  })

  it('is the proposed words, as plain ones, where nothing else is selected', () => {
    const slice = canonicalSlice(sliceOf(9, 16))
    expect(slice.content.eq(Fragment.from(schema.text('PROPOSÉ')))).toBe(true)
  })
})
