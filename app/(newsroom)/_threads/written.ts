import type { VolunteerId } from '#lib/domain/ids.ts'
import { mentionOf, partsOf } from '#lib/domain/threads/comment.ts'

/** A name in a text that is being written: `text.slice(from, to)` is «@» and the name. */
type Named = { readonly from: number; readonly to: number; readonly id: VolunteerId }

/** What stands in the field of a composer: names as people read them, and whom each of them means. */
export type Written = { readonly text: string; readonly names: readonly Named[] }

export const NOTHING: Written = { text: '', names: [] }

/** What somebody types after «@», from `from` (the «@») to the caret. */
export type Call = { readonly from: number; readonly typed: string }

/** Longest beginning of a name that is still a question to the list. */
const LONGEST = 40

/** @param nameOf null for somebody who is not known here: then the mention stays as it is written in rows */
export function readBody(body: string, nameOf: (id: VolunteerId) => string | null): Written {
  let text = ''
  const names: Named[] = []
  for (const part of partsOf(body)) {
    if (part.kind === 'text') {
      text += part.text
      continue
    }
    const name = nameOf(part.id)
    if (name === null) text += mentionOf(part.id)
    else {
      names.push({ from: text.length, to: text.length + name.length + 1, id: part.id })
      text += `@${name}`
    }
  }
  return { text, names }
}

/** As it is kept in rows. */
export function bodyOf({ text, names }: Written): string {
  let body = ''
  let at = 0
  for (const { from, to, id } of names) {
    body += text.slice(at, from) + mentionOf(id)
    at = to
  }
  return body + text.slice(at)
}

/** The field was changed by hand: names behind the change move with it, names that it touched are mere letters. */
export function rewrite(before: Written, text: string): Written {
  const most = Math.min(before.text.length, text.length)
  let start = 0
  while (start < most && before.text[start] === text[start]) start += 1
  let same = 0
  while (same < most - start && before.text.at(-1 - same) === text.at(-1 - same)) same += 1
  const end = before.text.length - same
  const by = text.length - before.text.length
  const names = before.names.flatMap((named) => {
    if (named.to <= start) return [named]
    return named.from >= end ? [{ ...named, from: named.from + by, to: named.to + by }] : []
  })
  return { text, names }
}

/** The «@» that the caret stands behind: first in its line or after a space or a bracket, and not a finished name. */
export function callAt({ text, names }: Written, caret: number): Call | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret)
  const match = /(?:^|[\s\u00a0([«"'’])@(\p{L}[^\n@]*)?$/u.exec(before)
  if (!match) return null
  const typed = match[1] ?? ''
  const from = caret - typed.length - 1
  return names.some((named) => named.from === from) ? null : { from, typed }
}

/** Puts a name where the call stood. @returns the caret’s new place, too */
export function nameAt(
  before: Written,
  call: Call,
  person: { readonly id: VolunteerId; readonly name: string },
): { readonly written: Written; readonly caret: number } {
  const end = call.from + 1 + call.typed.length
  const name = `@${person.name}`
  const space = /^\s/u.test(before.text.slice(end)) ? '' : ' '
  const text = before.text.slice(0, call.from) + name + space + before.text.slice(end)
  const { names } = rewrite(before, text)
  const named: Named = { from: call.from, to: call.from + name.length, id: person.id }
  // Wherever the letters happened to match, the place of the call is this name’s alone.
  const others = names.filter(({ from, to }) => to <= named.from || from >= named.to)
  return {
    written: { text, names: [...others, named].toSorted((one, other) => one.from - other.from) },
    caret: named.to + 1,
  }
}
