/** RFC 5321: no mail server takes a longer address. */
const EMAIL_MAX = 254

// Something, one @, a dotted or plain host. Whether it exists only a message can tell; what must never pass is
// a space, a control character, a quote or a bracket: they would change the meaning of a mail header.
const SHAPE = /^[^\s\p{Cc}@"<>(),;:\\[\]]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u

/**
 * The one spelling of an address: trimmed, composed, lower case. It is unique in the newsroom as written, so
 * that `Marie@Exemple.org` and `marie@exemple.org` cannot be two people.
 *
 * @returns null for what is not an address
 */
export function parseEmail(text: string): string | null {
  const email = text.trim().normalize('NFC').toLowerCase()
  return email.length <= EMAIL_MAX && SHAPE.test(email) && !email.includes('..') ? email : null
}
