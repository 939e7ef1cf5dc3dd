import type { ThreadAnchor } from '#lib/protocol/threads.ts'

/** What a passage is looked for by: letters alone, as the index has them. */
export type Wanted = Pick<ThreadAnchor, 'before' | 'after'> & { readonly letters: string }

/** Words as long as these are not written twice by chance. */
const TELLING = 24
/** More twins than this are a text of one word. */
export const MOST = 200

/** @returns where the same letters stand, ascending */
export function occurrences(letters: string, wanted: string): readonly number[] {
  const found: number[] = []
  if (wanted === '') return found
  for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + 1)) {
    found.push(at)
    if (found.length > MOST) break
  }
  return found
}

/** @returns how much of what stood around the passage stands around these letters, in UTF-16 units */
export function likeness(letters: string, at: number, { letters: wanted, before, after }: Wanted): number {
  const end = at + wanted.length
  let behind = 0
  while (behind < after.length && letters[end + behind] === after[behind]) behind += 1
  let ahead = 0
  while (ahead < before.length && at > ahead && letters[at - 1 - ahead] === before.at(-1 - ahead)) ahead += 1
  return ahead + behind
}

/**
 * Looks for a passage none of whose characters, or too few, are left. What stood elsewhere when the thread was opened is
 * never taken for it: a twin needs its whole surroundings, and one in the same surroundings ends the search.
 * @returns the one place where it is; null where there is none, or more than one
 */
export function search(letters: string, wanted: Wanted, twin: ThreadAnchor['twin']): number | null {
  if (twin === 'alike') return null
  const found = occurrences(letters, wanted.letters)
  if (found.length > MOST) return null
  const whole = wanted.before.length + wanted.after.length
  const ranked = found
    .map((at) => ({ at, like: likeness(letters, at, wanted) }))
    .toSorted((one, other) => other.like - one.like)
  const [best, second] = ranked
  if (!best || best.like === second?.like) return null
  if (twin === 'elsewhere') return best.like === whole ? best.at : null
  const alone = !second && wanted.letters.length >= TELLING
  return alone || best.like * 2 >= whole ? best.at : null
}
