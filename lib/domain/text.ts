/** What the foot of the editor and the draft list say of a text. */
export type TextCount = { readonly words: number; readonly characters: number }

/** Words as writers count them: runs between spaces that hold a letter or a digit («l’été» is one). */
export function countText(text: string): TextCount {
  let words = 0
  for (const run of text.split(/\s+/u)) if (/[\p{L}\p{N}]/u.test(run)) words += 1
  let characters = 0
  for (const character of text) if (character !== '\n') characters += 1
  return { words, characters }
}

/** The form in which text is searched: case lowered, accents and ligatures folded («Œuvré» → «oeuvre»). */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[’ʼ']/g, ' ')
}

/** The words of a text as they are indexed and looked for: letters and digits only, folded. */
export const wordsForSearch = (text: string): readonly string[] =>
  foldForSearch(text).match(/[\p{L}\p{N}]+/gu) ?? []
