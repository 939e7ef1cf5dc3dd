import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from '#server/http/refuse.ts'
import { namesToken } from './token.ts'

type Answering = {
  /** `METRICS_TOKEN`. */
  readonly token: string | null
  /** What the operator’s own commands name. */
  readonly operator: string
  readonly contentType: string
  readonly read: () => Promise<string>
}

/**
 * Answers `/metrics`, before and beside Next. Without `METRICS_TOKEN` there is no such page, but for the operator’s own
 * commands. That a request comes from this machine, and without `X-Forwarded-For`, lets nobody in: a proxy beside us
 * forwards the whole world from 127.0.0.1, and nginx adds that header only where it is told to.
 * @returns whether the request was answered
 */
export function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { token, operator, contentType, read }: Answering,
): boolean {
  if (request.url?.split('?')[0] !== '/metrics') return false
  const tokens = token === null ? [operator] : [token, operator]
  if (!namesToken(request.headers.authorization, tokens)) {
    if (token === null) return false
    response.setHeader('WWW-Authenticate', 'Bearer realm="metrics"')
    refuse(response, 401, 'The metrics are for whoever names METRICS_TOKEN.')
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    refuse(response, 405, 'The metrics can only be read.')
  } else {
    void read().then(
      (text) => {
        response.writeHead(200, {
          'Content-Type': contentType,
          'Content-Length': Buffer.byteLength(text),
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
        })
        response.end(text)
      },
      (error: unknown) => {
        refuse(response, 500, 'The metrics could not be read.')
        // Ours to mend: the process writes down what nobody hears.
        throw error
      },
    )
  }
  return true
}
