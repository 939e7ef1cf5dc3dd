import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { MESSAGES } from './messages.ts'
import { LOCALE_COOKIE, negotiateLocale } from './negotiate.ts'

/** Every page is told in one time zone, Québec's, whatever the clock of the machine that serves it. */
const TIME_ZONE = 'America/Toronto'

export default getRequestConfig(async () => {
  const locale = negotiateLocale({
    volunteer: null,
    cookie: (await cookies()).get(LOCALE_COOKIE)?.value ?? null,
    header: (await headers()).get('accept-language'),
  })
  return { locale, messages: MESSAGES[locale], timeZone: TIME_ZONE, now: new Date() }
})
