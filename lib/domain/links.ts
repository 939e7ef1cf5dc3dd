/** Where a link in a draft may lead: `https:` and `mailto:` only. Anything else is refused, not repaired. */
export function isSafeHref(href: unknown): href is string {
  if (typeof href !== 'string' || href.length > 2048) return false
  // A space or a control character inside a scheme is how `java\tscript:` slips past a prefix test.
  if (/[\s\p{Cc}]/u.test(href)) return false
  return /^https:\/\/[^/?#]/i.test(href) || /^mailto:[^?]/i.test(href)
}
