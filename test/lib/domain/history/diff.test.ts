import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainTextOf } from '#lib/documents/draft/text.ts'
import type { BodyMark, BodyNode } from '#lib/domain/body.ts'
import { diffTexts, type Piece, type Row, type TextDiff } from '#lib/domain/history/diff.ts'

const run = (text: string, ...marks: BodyMark[]): BodyNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks }),
})
const paragraph = (...content: BodyNode[]): BodyNode => ({ type: 'paragraph', content })
const text = (...blocks: string[]) => ({ title: 'T', body: blocks.map((block) => paragraph(run(block))) })
const bold = { type: 'bold' }

const side = (rows: readonly Row[], which: 'before' | 'after', without: Piece['kind']) =>
  rows
    .filter((row) => row[which] !== null)
    .map(({ pieces }) => pieces.flatMap((piece) => (piece.kind === without ? [] : [piece.text])).join(''))
    .join('\n')
const oldSide = ({ rows }: TextDiff) => side(rows, 'before', 'added')
const newSide = ({ rows }: TextDiff) => side(rows, 'after', 'removed')
const pieces = ({ rows }: TextDiff, at: number) => rows[at]?.pieces.map(({ kind, text }) => [kind, text])
const kinds = ({ rows }: TextDiff) => rows.map(({ kind }) => kind)

describe('what changed between two texts', () => {
  it('names the words that changed and leaves the others alone', () => {
    const diff = diffTexts(text('La rue est longue.'), text('La route est longue.'))
    expect(pieces(diff, 1)).toEqual([
      ['same', 'La '],
      ['removed', 'rue'],
      ['added', 'route'],
      ['same', ' est longue.'],
    ])
    expect([diff.wordsAdded, diff.wordsRemoved, diff.formats]).toEqual([1, 1, 0])
  })

  it('takes neighbouring words that changed for one change', () => {
    const diff = diffTexts(text('Ici un petit chat noir dort'), text('Ici deux grands chats noir dort'))
    expect(pieces(diff, 1)).toEqual([
      ['same', 'Ici '],
      ['removed', 'un petit chat'],
      ['added', 'deux grands chats'],
      ['same', ' noir dort'],
    ])
  })

  it('tells a new paragraph between two old ones from a change of theirs', () => {
    expect(
      kinds(diffTexts(text('Un deux trois.', 'Quatre.'), text('Un deux trois.', 'Neuf !', 'Quatre.'))),
    ).toEqual(['same', 'same', 'added', 'same'])
  })

  it('finds a rewritten paragraph again behind one that was put before it', () => {
    const before = text('Le conseil a voté hier soir à Laval.')
    const after = text('Rien à voir ici.', 'Le conseil a enfin voté hier soir à Laval.')
    const diff = diffTexts(before, after)
    expect(kinds(diff)).toEqual(['same', 'added', 'changed'])
    expect(pieces(diff, 2)).toContainEqual(['added', 'enfin '])
  })

  it('takes a short paragraph that was added to for the same one', () => {
    const diff = diffTexts(
      text('Un septième.'),
      text('Un septième. Le bureau ouvre à neuf heures précises lundi.'),
    )
    expect(kinds(diff)).toEqual(['same', 'changed'])
  })

  it('names words whose marks changed, and counts no word for it', () => {
    const before = { title: 'T', body: [paragraph(run('tout est dit'))] }
    const after = { title: 'T', body: [paragraph(run('tout '), run('est', bold), run(' dit'))] }
    const diff = diffTexts(before, after)
    expect(diff.rows[1]?.pieces).toEqual([
      { kind: 'same', text: 'tout ', marks: [] },
      { kind: 'formatted', text: 'est', marks: [bold], before: [] },
      { kind: 'same', text: ' dit', marks: [] },
    ])
    expect([diff.wordsAdded, diff.wordsRemoved, diff.formats]).toEqual([0, 0, 1])
  })

  it('knows a paragraph that became a heading', () => {
    const heading: BodyNode = { type: 'heading', attrs: { level: 2 }, content: [run('Bonjour')] }
    const diff = diffTexts(text('Bonjour'), { title: 'T', body: [heading] })
    expect(diff.rows[1]).toMatchObject({
      kind: 'changed',
      before: { type: 'paragraph' },
      after: { type: 'heading' },
    })
    expect(diff.formats).toBe(1)
  })

  it('finds no change between a text and itself', () => {
    const one = text('Un.', '', 'Deux trois.')
    expect(kinds(diffTexts(one, one))).toEqual(['same', 'same', 'same', 'same'])
  })

  it('compares a very long paragraph by its sentences', () => {
    const sentences = Array.from({ length: 300 }, (_, at) => `Phrase numéro ${at} de ce très long texte.`)
    const before = text(sentences.join(' '))
    const after = text(sentences.with(150, 'Phrase numéro cent de ce très long texte.').join(' '))
    const diff = diffTexts(before, after)
    expect([diff.wordsAdded, diff.wordsRemoved]).toEqual([1, 1])
  })
})

const words = fc.array(fc.constantFrom('rue', 'route', 'été', '.', ' ', 'l’', '👩‍🚀', '\ud83d', '\u0301'), {
  maxLength: 12,
})
const leaf = fc
  .record({ words, strong: fc.boolean() })
  .map(({ words, strong }) => run(words.join(' '), ...(strong ? [bold] : [])))
const inline = fc.oneof(
  { weight: 6, arbitrary: leaf },
  { weight: 1, arbitrary: fc.constant<BodyNode>({ type: 'hardBreak' }) },
)
const block = fc.oneof(
  fc.array(inline, { maxLength: 4 }).map((content) => paragraph(...content)),
  fc
    .array(inline, { maxLength: 3 })
    .map((content): BodyNode => ({ type: 'heading', attrs: { level: 1 }, content })),
  fc.array(inline, { maxLength: 3 }).map(
    (content): BodyNode => ({
      type: 'bulletList',
      content: [{ type: 'listItem', content: [paragraph(...content)] }],
    }),
  ),
  leaf,
)
const wording = fc.record({
  title: fc.constantFrom('', 'Un titre', 'Un autre titre'),
  body: fc.array(block, { maxLength: 8 }),
})
const whole = ({ title, body }: { title: string; body: readonly BodyNode[] }) =>
  [title, ...(body.length > 0 ? [plainTextOf(body)] : [])].join('\n')

describe('whatever two texts say', () => {
  it('one side of their diff is exactly the old one, the other exactly the new one', () => {
    fc.assert(
      fc.property(wording, wording, (before, after) => {
        const diff = diffTexts(before, after)
        const blocks = (side: 'before' | 'after') => diff.rows.filter((row) => row[side]).length > 1
        expect(oldSide(diff)).toBe(blocks('before') ? whole(before) : before.title)
        expect(newSide(diff)).toBe(blocks('after') ? whole(after) : after.title)
      }),
      { numRuns: 500 },
    )
  })

  it('nothing that stayed is called changed where one text is the other', () => {
    fc.assert(
      fc.property(wording, (one) => {
        const { rows, wordsAdded, wordsRemoved, formats } = diffTexts(one, structuredClone(one))
        expect([rows.every(({ kind }) => kind === 'same'), wordsAdded, wordsRemoved, formats]).toEqual([
          true,
          0,
          0,
          0,
        ])
      }),
    )
  })
})
