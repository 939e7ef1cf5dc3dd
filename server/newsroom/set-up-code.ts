import { createHmac, timingSafeEqual } from 'node:crypto'

/** Crockford's base 32: no letter that a tired eye takes for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12

/** The code shown in the console, `XXXX-XXXX-XXXX`: 60 bits, the same at every start until the set-up. */
export function setUpCode(secret: string): string {
  const bytes = createHmac('sha256', secret).update('first-run set-up code').digest()
  const letters = Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET[byte % 32])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** Compares what somebody typed, in whatever case and grouping, in a time that does not tell how much is right. */
export function isSetUpCode(typed: string, secret: string): boolean {
  const read = typed
    .slice(0, 64)
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest()
  return timingSafeEqual(digest(read), digest(setUpCode(secret).replaceAll('-', '')))
}
