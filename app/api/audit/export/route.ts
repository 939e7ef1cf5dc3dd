import { currentActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { readFilter } from '#app/(newsroom)/audit/_components/filter.ts'

const problem = (status: 400 | 401 | 404) =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } })

/**
 * Hands the decisions over as a table, piece by piece. A POST, because taking it out is itself written down: the door of
 * the server lets it come from a page of ours only (server/http/origin.ts).
 */
export async function POST(request: Request): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return problem(401)
  const form = await request.formData().catch(() => null)
  if (!form) return problem(400)
  const file = await services().audit.export(
    actor,
    readFilter((name) => form.get(name)),
  )
  // To everybody else there is no such page.
  if (!file.ok) return problem(404)
  const { chunks, filename } = file.value
  return new Response(streamOf(chunks), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}

/** Reads on as fast as the browser takes it, and no further where it gives up. */
function streamOf(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const reading = chunks[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reading.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await reading.return?.()
    },
  })
}
