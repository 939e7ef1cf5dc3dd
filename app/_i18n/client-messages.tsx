import { NextIntlClientProvider } from 'next-intl'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MESSAGES, type Namespace } from './messages.ts'

/** Hands the browser the namespaces that the components below it use, and no others. */
export async function ClientMessages({
  namespaces,
  children,
}: {
  namespaces: readonly Namespace[]
  children: ReactNode
}) {
  const messages = MESSAGES[await getLocale()]
  const handed = Object.fromEntries(namespaces.map((namespace) => [namespace, messages[namespace]]))
  return <NextIntlClientProvider messages={handed}>{children}</NextIntlClientProvider>
}
