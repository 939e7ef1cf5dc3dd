import type { Instrumentation } from 'next'
import { services } from './app/_gate/services.ts'

/** What a page threw, under the code that it shows to whoever met it (app/error.tsx). Next says it to nobody else. */
export const onRequestError: Instrumentation.onRequestError = (error, _request, { routePath, routeType }) => {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null
  // The route as it is written, never the address: that may hold a token.
  services().log.error({ err: error, reference, route: routePath, what: routeType }, 'a page failed')
}
