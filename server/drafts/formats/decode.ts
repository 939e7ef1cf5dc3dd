import { fail, ok, type Result } from '#lib/domain/result.ts'

/** Largest file that is imported, in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

export type DecodeProblem = 'tooLarge' | 'binary' | 'encoding'

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte)

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The charset that a page declares of itself; Word still writes `windows-1252`. */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1')
  const name = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]?.toLowerCase() ?? ''
  return /^(windows-125\d|iso-8859-\d{1,2}|macintosh)$/.test(name) ? name : null
}

/** No control characters but tabs and line feeds: a file from Windows or an old Mac reads like any other. */
const tidy = (text: string) =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\v\f]/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0001-\u0008\u000e-\u001f\u007f\ufeff]/g, '')

/**
 * Reads UTF-8, or UTF-16 that says so with a byte order mark; a web page may also declare an older charset.
 * Nothing is guessed: text decoded wrongly would pass for text.
 */
export function decodeText(bytes: Uint8Array, options: { html: boolean }): Result<string, DecodeProblem> {
  if (bytes.length > MAX_FILE_BYTES) return fail('tooLarge')
  const utf16 = startsWith(bytes, 0xff, 0xfe) ? 'utf-16le' : startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : null
  if (utf16 === null && bytes.includes(0)) return fail('binary')
  const charset = options.html ? declaredCharset(bytes) : null
  const text = utf16
    ? decodeAs(utf16, bytes)
    : (decodeAs('utf-8', bytes) ?? (charset && decodeAs(charset, bytes)))
  if (text === null) return fail('encoding')
  if (text.includes('\0')) return fail('binary')
  return ok(tidy(text))
}
