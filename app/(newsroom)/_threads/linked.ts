import { isSafeHref } from '#lib/domain/links.ts'

export type LinkedText = { readonly text: string; readonly href: string | null }

const ADDRESS = /https:\/\/[^\s<>"«»]+/giu
/** What ends a sentence more often than an address. */
const TAIL = /[.,;:!?…'’”]+$/u

/** A closing bracket belongs to the address only where one was opened in it. */
function trimmed(address: string): string {
  let rest = address.replace(TAIL, '')
  while (/[)\]]$/.test(rest)) {
    const [open, close] = rest.endsWith(')') ? ['(', ')'] : ['[', ']']
    if (rest.split(open).length >= rest.split(close).length) break
    rest = rest.slice(0, -1).replace(TAIL, '')
  }
  return rest
}

/** The addresses in a plain text; put together, the texts are the whole. */
export function linked(text: string): readonly LinkedText[] {
  const parts: LinkedText[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0])
    if (!URL.canParse(address) || !isSafeHref(address)) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null })
    parts.push({ text: address, href: address })
    from = match.index + address.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null })
  return parts
}
