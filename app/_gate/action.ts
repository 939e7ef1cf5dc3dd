import { randomUUID } from 'node:crypto'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import type { InvalidFields } from '#lib/domain/accounts/fields.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { Services } from '#server/services.ts'
import type { ActionResult } from './action-result.ts'
import { currentActor } from './actor.ts'
import { services } from './services.ts'

type Failure = string | InvalidFields
/** The failures of a use case that are keys; those that are fields become `invalid`. */
type Key<E> = Extract<E, string>
type Input<S extends z.ZodType> = z.input<S> | FormData

/**
 * A server action for somebody signed in. That it was sent by a page of ours, the door of the server has checked
 * (server/http/origin.ts), as for every request that changes something. Whatever the browser sends is parsed by `schema` first; a form's fields
 * arrive as an object of strings.
 */
export function newsroomAction<S extends z.ZodType, T, E extends Failure>(
  schema: S,
  run: (actor: Actor, input: z.output<S>, services: Services) => Promise<Result<T, E>>,
): (input: Input<S>) => Promise<ActionResult<T, Key<E>>> {
  return (raw) =>
    guarded(async () => {
      const actor = await currentActor()
      if (!actor) return { ok: false, error: 'signedOut' }
      return parsed(schema, raw, (input) => run(actor, input, services()))
    })
}

/** A server action for anybody: set-up, invitation, language. */
export function publicAction<S extends z.ZodType, T, E extends Failure>(
  schema: S,
  run: (input: z.output<S>, services: Services) => Promise<Result<T, E>>,
): (input: Input<S>) => Promise<ActionResult<T, Key<E>>> {
  return (raw) => guarded(() => parsed(schema, raw, (input) => run(input, services())))
}

async function guarded<T, E extends string>(
  run: () => Promise<ActionResult<T, E>>,
): Promise<ActionResult<T, E>> {
  try {
    return await run()
  } catch (error) {
    // redirect() and notFound() are thrown on purpose.
    unstable_rethrow(error)
    const reference = randomUUID().slice(0, 8)
    services().log.error({ err: error, reference }, 'a server action failed')
    return { ok: false, error: 'unexpected', reference }
  }
}

async function parsed<S extends z.ZodType, T, E extends Failure>(
  schema: S,
  raw: unknown,
  run: (input: z.output<S>) => Promise<Result<T, E>>,
): Promise<ActionResult<T, Key<E>>> {
  const input = schema.safeParse(raw instanceof FormData ? Object.fromEntries(raw) : raw)
  if (!input.success) {
    const fields = input.error.issues.map((issue) => [issue.path.join('.'), 'malformed'])
    return { ok: false, error: 'invalid', fields: Object.fromEntries(fields) }
  }
  const outcome = await run(input.data)
  if (outcome.ok) return outcome
  const failure: Failure = outcome.error
  if (typeof failure === 'string') return { ok: false, error: failure as Key<E> }
  return { ok: false, error: 'invalid', fields: onlyText(failure.fields) }
}

const onlyText = (fields: InvalidFields['fields']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, problem]) => (problem ? [[field, problem]] : [])),
  )
