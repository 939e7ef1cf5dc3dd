import { currentActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import type { Actor } from '#lib/domain/permissions.ts'

const NO_STORE = { 'cache-control': 'no-store' }

type Preview = Awaited<ReturnType<ReturnType<typeof services>['calendar']['transfer']['preview']>>
type Problem = Extract<Preview, { ok: false }>['error']

const STATUS: Readonly<Record<Problem, number>> = {
  forbidden: 403,
  tooLarge: 413,
  notCalendar: 422,
  tooMany: 422,
  unavailable: 503,
}

const refused = (error: string, status: number) => Response.json({ error }, { status, headers: NO_STORE })

/**
 * Takes in a calendar file, which is the body. With `?preview=1` it answers what would come in (`ImportPreview`),
 * and writes nothing. Otherwise it answers line by line, as it goes: `{"type":"progress","done","of"}`, and at last
 * `{"type":"done", …ImportOutcome}` or `{"type":"error","error"}`. Whoever goes away stops it; what is in stays in.
 */
export async function POST(request: Request): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return refused('signedOut', 401)
  const file = new Uint8Array(await request.arrayBuffer())
  if (!new URL(request.url).searchParams.has('preview')) return carriedOut(actor, file, request.signal)
  const preview = await services().calendar.transfer.preview(actor, file)
  if (!preview.ok) return refused(preview.error, STATUS[preview.error])
  return Response.json(preview.value, { headers: NO_STORE })
}

function carriedOut(actor: Actor, file: Uint8Array, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  const gone = new AbortController()
  const stopped = AbortSignal.any([signal, gone.signal])
  const lines = new ReadableStream<Uint8Array>({
    async start(stream) {
      const say = (line: object) => stream.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      try {
        const outcome = await services().calendar.transfer.import(actor, file, (done, of) => {
          stopped.throwIfAborted()
          say({ type: 'progress', done, of })
        })
        say(outcome.ok ? { type: 'done', ...outcome.value } : { type: 'error', error: outcome.error })
        stream.close()
      } catch (error) {
        if (stopped.aborted) return
        services().log.error({ err: error }, 'an import of a calendar failed')
        say({ type: 'error', error: 'unexpected' })
        stream.close()
      }
    },
    cancel: () => gone.abort(),
  })
  // A proxy that gathers lines before it hands them on would make progress invisible.
  const headers = { ...NO_STORE, 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' }
  return new Response(lines, { headers })
}
