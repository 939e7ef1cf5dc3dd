import { z } from 'zod'
import { currentActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { CHANNELS } from '#lib/domain/channels/channels.ts'

const day = z.custom<PlainDay>((value) => parseDay(value) !== null).nullable()

const asked = z.object({
  // The values of CALENDAR_FORMATS: pages import the server’s types and nothing else of it.
  format: z.enum(['ics', 'csv', 'json']),
  from: day,
  to: day,
  channel: z.enum(CHANNELS).nullable(),
})

const problem = (status: 400 | 401) =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } })

/** Hands the calendar over as a file: `?format=ics|csv|json`, and `from`, `to` (days), `channel` where given. */
export async function GET(request: Request): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return problem(401)
  const query = new URL(request.url).searchParams
  const [format, from, to, channel] = ['format', 'from', 'to', 'channel'].map((name) => query.get(name))
  const input = asked.safeParse({ format, from, to, channel })
  if (!input.success) return problem(400)
  const { format: chosen, ...filter } = input.data
  const file = await services().calendar.transfer.export(actor, filter, chosen)
  return new Response(file.text, {
    headers: {
      'content-type': file.type,
      'content-disposition': `attachment; filename="${file.filename}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
