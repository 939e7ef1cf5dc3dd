import { describe, expect, it } from 'vitest'
import { countText, foldForSearch, wordsForSearch } from '#lib/domain/text.ts'

describe('words and characters', () => {
  it.each([
    ['', 0, 0],
    [' \n\n ', 0, 2],
    ['L’été dernier', 2, 13],
    ['«\u00a0Oui\u00a0», dit-elle\u00a0: 25\u00a0$.', 3, 25],
    ['un\ndeux', 2, 6],
    ['🎻 — …', 0, 5],
  ])('of «%s» are counted as writers do', (text, words, characters) => {
    expect(countText(text)).toEqual({ words, characters })
  })
})

describe('text as it is searched', () => {
  it('has neither accents, nor capitals, nor ligatures, nor apostrophes', () => {
    expect(foldForSearch('L’Œuvre d’été, ÇÀ et là\u00a0: cæcum')).toBe('l oeuvre d ete, ca et la : caecum')
  })

  it('is words of letters and digits', () => {
    expect(wordsForSearch('Porte-parole\u00a0: «\u00a0l’aréna\u00a0» à 20\u00a0h\u00a030!')).toEqual([
      ...['porte', 'parole', 'l', 'arena', 'a', '20', 'h', '30'],
    ])
    expect(wordsForSearch(' \' " & | ! :* ')).toEqual([])
  })

  it('is the same however accents were typed', () => {
    expect(wordsForSearch('e\u0301le\u0300ve')).toEqual(wordsForSearch('élève'))
  })
})
