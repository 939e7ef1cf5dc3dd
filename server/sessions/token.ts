import { decode } from 'next-auth/jwt'

/** Cookies that are remembered: a page comes with the same one for each of its sockets and requests. */
const REMEMBERED = 1000
/** What next-auth allows the clock of whoever made the cookie to differ by, in seconds. */
const TOLERANCE = 15

type Opened = { readonly sid: string; readonly expires: number }

/**
 * @param secret of the cookies
 * @returns a function that takes a cookie’s token and gives the id of its session, or null where it was not made with
 * the secret, or has expired. Opening one takes longer than asking the database whether the session still lives, which
 * is asked every time.
 */
export function tokenReader(secret: string): (token: string) => Promise<string | null> {
  const opened = new Map<string, Opened>()
  const open = async (token: string): Promise<Opened | null> => {
    // decode() throws on whatever it did not make itself, and on what has expired.
    const payload = await decode({ token, secret }).catch(() => null)
    if (typeof payload?.sid !== 'string' || typeof payload.exp !== 'number') return null
    return { sid: payload.sid, expires: (payload.exp + TOLERANCE) * 1000 }
  }
  return async (token) => {
    const known = opened.get(token) ?? (await open(token))
    if (!known) return null
    opened.delete(token)
    if (known.expires <= Date.now()) return null
    opened.set(token, known)
    const [oldest] = opened.keys()
    if (opened.size > REMEMBERED && oldest !== undefined) opened.delete(oldest)
    return known.sid
  }
}
