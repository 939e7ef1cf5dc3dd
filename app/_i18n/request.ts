import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { currentActor } from '../_gate/actor.ts'
import { MESSAGES } from './messages.ts'
import { LOCALE_COOKIE, negotiateLocale } from './negotiate.ts'

/** Every page is told in one time zone, Québec's, whatever the clock of the machine that serves it. */
const TIME_ZONE = 'America/Toronto'

export default getRequestConfig(async () => {
  // A page that says that the database is away must still be said in some language.
  const actor = await currentActor().catch(() => null)
  const locale = negotiateLocale({
    volunteer: actor?.locale ?? null,
    cookie: (await cookies()).get(LOCALE_COOKIE)?.value ?? null,
    header: (await headers()).get('accept-language'),
  })
  return { locale, messages: MESSAGES[locale], timeZone: TIME_ZONE, now: new Date() }
})
