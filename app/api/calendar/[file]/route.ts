import { z } from 'zod'
import { services } from '#app/_gate/services.ts'
import { CHANNELS } from '#lib/domain/channels/channels.ts'

const asked = z.object({
  file: z.string().regex(/^[\w-]{1,100}\.ics$/),
  only: z.enum(['all', 'mine']).default('all'),
  channel: z.enum(CHANNELS).nullable(),
})

/** One answer for every address that is worth nothing: it tells nobody whether it once was. */
const missing = () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })

/** Nobody but its owner keeps a feed, and no search engine shows it. */
const HEADERS = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex, nofollow' }

/**
 * The newsroom’s calendar for the calendar program of whoever holds the address:
 * `/api/calendar/<token>.ics?only=mine&channel=blog`. Without a sign-in: the token is the right to read it.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  const query = new URL(request.url).searchParams
  const input = asked.safeParse({
    file: (await params).file,
    only: query.get('only') ?? undefined,
    channel: query.get('channel'),
  })
  if (!input.success) return missing()
  const { file, only, channel } = input.data
  const token = file.slice(0, -'.ics'.length)
  const { feeds } = services().calendar
  const read = await feeds.read(token, { only, channel }, request.headers.get('if-none-match'))
  if (!read.ok) return missing()
  const headers = { ...HEADERS, etag: read.value.etag }
  if (read.value.kind === 'unchanged') return new Response(null, { status: 304, headers })
  return new Response(read.value.text, {
    headers: {
      ...headers,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="pupitre.ics"',
    },
  })
}
