import { z } from 'zod'
import { currentActor } from '#app/_gate/actor.ts'
import { draftId } from '#app/_gate/schemas.ts'
import { services } from '#app/_gate/services.ts'

const asked = z.object({ id: draftId, format: z.enum(['md', 'html', 'txt', 'json']) })

const problem = (status: 400 | 401 | 404) =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } })

/** RFC 6266: a name in ASCII for old readers, the real one by RFC 5987. */
function attachment(filename: string): string {
  const plain = filename
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w .()-]/g, '_')
  const encoded = encodeURIComponent(filename).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** Hands a draft over as a file: `?format=md|html|txt|json`. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return problem(401)
  const format = new URL(request.url).searchParams.get('format')
  const input = asked.safeParse({ id: (await params).id, format })
  if (!input.success) return problem(400)
  const file = await services().drafts.export(actor, input.data.id, input.data.format)
  if (!file.ok) return problem(404)
  return new Response(file.value.text, {
    headers: {
      'content-type': file.value.type,
      'content-disposition': attachment(file.value.filename),
      // Never shown in place: the writers put nothing in that runs, and the policy of every answer lets nothing run.
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
