/** next-auth's name for the cookie; a browser takes the `__Secure-` one from HTTPS pages only. */
export const cookieName = (secure: boolean): string => `${secure ? '__Secure-' : ''}next-auth.session-token`

/** Longer than any token of ours many times over; nothing beyond it is decrypted. */
const MAX_TOKEN = 16_384
const MAX_CHUNKS = 8

/**
 * The session token in a Cookie header. next-auth cuts a long one into `name.0`, `name.1`…; only one name is
 * looked at, so that on HTTPS a cookie planted from an insecure page is not one.
 *
 * @returns null where there is none, or pieces of one
 */
export function sessionToken(header: string | undefined, name: string): string | null {
  const chunks = new Map<number, string>()
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=')
    const key = pair.slice(0, equals).trim()
    if (equals < 0 || !key.startsWith(name)) continue
    const value = decoded(pair.slice(equals + 1).trim())
    if (key === name) return value !== '' && value.length <= MAX_TOKEN ? value : null
    const chunk = /^\.(\d)$/.exec(key.slice(name.length))?.[1]
    if (chunk && !chunks.has(Number(chunk))) chunks.set(Number(chunk), value)
  }
  return joined(chunks)
}

function joined(chunks: ReadonlyMap<number, string>): string | null {
  if (chunks.size === 0 || chunks.size > MAX_CHUNKS) return null
  let token = ''
  for (let index = 0; index < chunks.size; index += 1) {
    const chunk = chunks.get(index)
    if (chunk === undefined) return null
    token += chunk
  }
  return token.length <= MAX_TOKEN ? token : null
}

function decoded(value: string): string {
  const bare = value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}
