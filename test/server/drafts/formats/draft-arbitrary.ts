import type { JSONContent } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import fc from 'fast-check'
import { draftSchema } from '#server/drafts/formats/schema.ts'

/** Signs that mean something in Markdown, in HTML or in French typography, and some that mean nothing. */
const SIGNS = [
  ...'\\`*_[]<>~|&!#+-=:.()"\'’«»…—–/@{}$%^0123456789',
  ...[
    'a',
    'é',
    'Œ',
    'ß',
    '字',
    '🎻',
    '\u00a0',
    '\u202f',
    '&amp;',
    '&#38;',
    '<b>',
    '-->',
    '---',
    '1.',
    '```',
    '~~~',
  ],
]
const WORDS = [
  'le',
  'budget',
  'l’été',
  'aujourd’hui',
  '«\u00a0oui\u00a0»',
  'coût\u00a0:',
  '25\u00a0$',
  'élections',
]

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 6 }) },
)
/** One ASCII space between words and none at the ends: how many is no part of HTML or Markdown. */
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))

const href = fc.constantFrom(
  'https://exemple.quebec/',
  'https://exemple.quebec/a_(b)?c=d&amp;e=*f*#g"h',
  'https://exemple.quebec/é\\<x>',
  'mailto:presse@exemple.quebec',
)
const link = href.map((to) => ({ type: 'link', attrs: { href: to } }))
const mark = fc.oneof(fc.constant({ type: 'bold' }), fc.constant({ type: 'italic' }), link)
const marks = fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type })

type Inline = JSONContent[]

/** Text pieces, of which some join without a space: that is where emphasis is hard. */
const inline: fc.Arbitrary<Inline> = fc
  .array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          type: fc.constant('text'),
          text: fc.tuple(words, fc.constantFrom('', ' ')).map((parts) => parts.join('')),
          marks,
        }),
      },
      { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) },
    ),
    { maxLength: 5 },
  )
  .map(foldSpaces)

/** Takes out the spaces that no format keeps: at the ends of a block and around breaks. */
function foldSpaces(pieces: Inline): Inline {
  return pieces.flatMap((piece, at) => {
    if (piece.type !== 'text') return [piece]
    const isLast = pieces[at + 1]?.type !== 'text'
    const text = isLast ? piece.text?.replace(/ +$/, '') : piece.text
    return text ? [{ ...piece, text }] : []
  })
}

const fullParagraph = inline
  .filter((content) => content.some(({ text }) => /[^\s]/u.test(text ?? '')))
  .map((content) => ({ type: 'paragraph', content }))
const heading = fc
  .record({ level: fc.integer({ min: 1, max: 3 }), content: inline })
  .map(({ level, content }) => ({ type: 'heading', attrs: { level }, content }))

const { block } = fc.letrec<{ block: JSONContent; item: JSONContent }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fullParagraph },
    { weight: 2, arbitrary: heading },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('item'), { minLength: 1, maxLength: 3 })
        .map((content) => ({ type: 'bulletList', content })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({
          start: fc.constantFrom(1, 0, 3, 9, 98),
          content: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
        })
        .map(({ start, content }) => ({ type: 'orderedList', attrs: { start }, content })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('block'), { minLength: 1, maxLength: 3 })
        .map((content) => ({ type: 'blockquote', content })),
    },
  ),
  item: fc
    .tuple(
      fc.oneof(
        { weight: 4, arbitrary: fullParagraph },
        { weight: 1, arbitrary: fc.constant({ type: 'paragraph' }) },
      ),
      fc.array(tie('block'), { maxLength: 2 }),
    )
    .map(([first, rest]) => ({ type: 'listItem', content: [first, ...rest] })),
}))

const toBody = (content: JSONContent[]): Node => draftSchema.nodeFromJSON({ type: 'doc', content })

/** Bodies without what Markdown has no sign for: paragraphs of nothing. */
export const markdownBody = fc.array(block, { minLength: 1, maxLength: 5 }).map(toBody)

/** Any body of the schema, but for spaces that HTML folds. */
export const anyBody = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: block }, { weight: 1, arbitrary: fc.constant({ type: 'paragraph' }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map(toBody)
