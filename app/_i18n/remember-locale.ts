import type { Locale } from '#lib/domain/permissions.ts'
import { LOCALE_COOKIE } from './negotiate.ts'

/** Keeps a browser's choice of language for a year; a signed-in volunteer's own choice goes before it. */
export function rememberLocale(locale: Locale): void {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: Safari and Firefox have no cookieStore in the versions we serve
  document.cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}
