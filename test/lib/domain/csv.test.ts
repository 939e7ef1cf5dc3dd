import { expect, test } from 'vitest'
import { csvLine } from '#lib/domain/csv.ts'

const cell = (text: string) => csvLine([text]).slice(0, -2)

test('a line has its cells in order, and quotes what would be taken for two', () => {
  expect(csvLine(['un', 'deux, trois', 'dit «oui»', 'dit "oui"', '', 'a\nb'])).toBe(
    'un,"deux, trois",dit «oui»,"dit ""oui""",,"a\nb"\r\n',
  )
})

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@moi', "'@moi"],
  ['\tdeux', '"\'\tdeux"'],
  ['\rdeux', '"\'\rdeux"'],
  ['\n=deux', '"\'\n\'=deux"'],
  ['  =1+1', "  '=1+1"],
  ['"=1+1', '"""\'=1+1"'],
  ['\'"=1+1', '"\'""\'=1+1"'],
  ['＝1+1', "'＝1+1"],
  ['\u00a0=1', "\u00a0'=1"],
])('a cell that begins like a formula is text: %j', (text, written) => {
  expect(cell(text)).toBe(written)
})

test('what follows a semicolon is no formula either: spreadsheets in French split lines there', () => {
  expect(cell('rien;=HYPERLINK("http://x")')).toBe('"rien;\'=HYPERLINK(""http://x"")"')
  expect(cell('rien; "@SUM(A1)')).toBe('"rien; ""\'@SUM(A1)"')
})

test('what is no formula stays as it is', () => {
  for (const text of ['a-b', 'a = b', 'moi@exemple.quebec', '3 + 4', 'l’été', '« — »', '2026-11-22']) {
    expect(cell(text)).toBe(text)
  }
})
