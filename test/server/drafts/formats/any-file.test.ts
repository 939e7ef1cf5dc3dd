import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seedOf } from '#server/drafts/content.ts'
import { readDraftFile } from '#server/drafts/formats/import.ts'

const TAGS = [
  'p',
  'b',
  'ul',
  'ol',
  'li',
  'a',
  'h1',
  'h6',
  'table',
  'tr',
  'td',
  'div',
  'br',
  'pre',
  'blockquote',
  'span',
]
const ATTRIBUTES = [
  '',
  ' href="javascript:alert(1)"',
  ' href=https://exemple.quebec/?a=1&b',
  ' style="font-weight:700;font-style:italic"',
  " style='mso-list:l0 level2 lfo1' class=MsoListParagraph",
  ' start="x" type="a"',
  ' start="-5"',
  ' onclick=alert(1)',
]
const markup = fc.oneof(
  fc
    .tuple(fc.constantFrom(...TAGS), fc.constantFrom(...ATTRIBUTES))
    .map(([tag, attributes]) => `<${tag}${attributes}>`),
  fc.constantFrom(...TAGS).map((tag) => `</${tag}>`),
  fc.constantFrom(
    '<script>x',
    '</script>',
    '<!--',
    '-->',
    '<![if x]>',
    '<style>.a{',
    '}</style>',
    '&nbsp;',
    '&#0;',
    '<',
    '"',
  ),
  fc.constantFrom(
    '\n',
    '\n\n',
    '# ',
    '- ',
    '1. ',
    '> ',
    '    ',
    '```',
    '|a|b|\n|-|-|\n',
    '[x](',
    ')',
    '**',
    '_',
    '---\n',
    'title: x\n',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
)
const file = fc.array(markup, { maxLength: 30 }).map((parts) => parts.join(''))

it('whatever a file holds, it becomes a draft that rooms would take, or is refused with a reason', () => {
  fc.assert(
    fc.property(fc.constantFrom('a.md', 'a.html', 'a.txt'), file, (name, text) => {
      const read = readDraftFile(name, Buffer.from(text))
      if (!read.ok) {
        expect(['binary', 'encoding', 'tooDeep']).toContain(read.error)
        return
      }
      const { update } = seedOf({ title: read.value.title, body: read.value.body.toJSON() })
      expect(update.length).toBeGreaterThan(0)
    }),
    { numRuns: 800 },
  )
})
