/** Characters, as people count them, of a volunteer's or the newsroom's name. */
export const NAME_MAX = 80

export type NameProblem = 'nameMissing' | 'nameTooLong'

/** Line breaks, controls and the marks that turn the reading direction: a name is shown beside other text. */
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu

/** A name with its inner spaces made single and what cannot be seen left out. It may come out empty. */
export const tidyName = (text: string): string =>
  // Spaces first become one kind, for a tab is both a space and a control; leaving something out may join two.
  text.replace(/\s+/gu, ' ').replace(UNSEEN, '').replace(/ {2,}/g, ' ').trim().normalize('NFC')

/** What is wrong with a tidied name, or null. */
export function nameProblem(name: string): NameProblem | null {
  if (!/[\p{L}\p{N}]/u.test(name)) return 'nameMissing'
  return [...name].length > NAME_MAX ? 'nameTooLong' : null
}
