import { services } from '#app/_gate/services.ts'

const NO_STORE = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' }

/** Much more than RFC 8058 sends. */
const LONGEST_BODY = 1_000

/**
 * Leaves a thread, without a sign-in: the token is the right to do that and nothing else. From the button of our
 * page, which it leads back to; or from a mail program (RFC 8058), which only wants to know whether it went well.
 */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params
  const left = await services().inbox.unsubscribe(token)
  const body = await request.text()
  // As a form of either kind; our own page sends nothing.
  const oneClick = body.length <= LONGEST_BODY && /List-Unsubscribe[\s\S]*One-Click/.test(body)
  if (oneClick) return new Response(null, { status: left.ok ? 200 : 404, headers: NO_STORE })
  const page = `/unsubscribe/${encodeURIComponent(token)}${left.ok ? '?done=1' : ''}`
  return new Response(null, { status: 303, headers: { ...NO_STORE, location: page } })
}

/** The address is in a header of the e-mail; whoever opens it by hand gets to the page. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params
  const location = `/unsubscribe/${encodeURIComponent(token)}`
  return new Response(null, { status: 303, headers: { ...NO_STORE, location } })
}
