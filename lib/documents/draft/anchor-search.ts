import type { ThreadAnchor } from '#lib/protocol/threads.ts'

/** What a passage is looked for by: letters alone, as the index has them. */
export type Wanted = Pick<ThreadAnchor, 'before' | 'after'> & { readonly letters: string }

/** Whether what stands around the passage stands, all of it, around these letters. */
export const sameAround = (letters: string, at: number, wanted: Wanted): boolean =>
  likeness(letters, at, wanted) === wanted.before.length + wanted.after.length

/** Words as long as these are not written twice by chance. */
const TELLING = 24
/** More of them than this are not told apart. */
const MOST = 200

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
function likeness(letters: string, at: number, { letters: wanted, before, after }: Wanted): number {
  const end = at + wanted.length
  let behind = 0
  while (behind < after.length && letters[end + behind] === after[behind]) behind += 1
  let ahead = 0
  while (ahead < before.length && at > ahead && letters[at - 1 - ahead] === before.at(-1 - ahead)) ahead += 1
  return ahead + behind
}

/**
 * Looks for a passage none of whose characters, or too few, are left. What stood elsewhere when the thread was opened is
 * never taken for it. Where such twins were, one of them may have been written anew since: then all that stood around
 * the passage must stand around it.
 * @param isTwin whether the letter at an offset is the first of one of them
 * @returns the one place where it is; null where there is none, or more than one
 */
export function search(
  letters: string,
  wanted: Wanted,
  twins: ThreadAnchor['twins'],
  isTwin: (at: number) => boolean,
): number | null {
  if (twins === null) return null
  const all = occurrences(letters, wanted.letters)
  if (all.length > MOST) return null
  const found = all.filter((at) => !isTwin(at))
  const whole = wanted.before.length + wanted.after.length
  const ranked = found
    .map((at) => ({ at, like: likeness(letters, at, wanted) }))
    .toSorted((one, other) => other.like - one.like)
  const [best, second] = ranked
  if (!best || best.like === second?.like) return null
  if (twins.length > 0) return best.like === whole ? best.at : null
  const alone = !second && wanted.letters.length >= TELLING
  return alone || best.like * 2 >= whole ? best.at : null
}
