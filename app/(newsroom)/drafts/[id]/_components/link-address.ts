import { isSafeHref } from '#lib/domain/links.ts'

const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/
const BARE = /^[^\s/:@]+\.[^\s/:@.]{2,}([/?#]\S*)?$/u

/**
 * The address behind what somebody typed: «exemple.quebec/vote» means https, «nous@exemple.quebec» means mail.
 * @returns null where it would lead anywhere but to https: or mailto:.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim()
  const href = MAIL.test(text) ? `mailto:${text}` : BARE.test(text) ? `https://${text}` : text
  return isSafeHref(href) ? href : null
}
