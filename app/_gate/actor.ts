import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from '#lib/domain/permissions.ts'
import { services } from './services.ts'
import { signInFor } from './way-back.ts'

/** Who is asking, read from the login session's row: once for each request, however many parts of a page ask. */
export const currentActor = cache(
  async (): Promise<Actor | null> =>
    services().sessions.authenticate((await headers()).get('cookie') ?? undefined),
)

/** For pages of the newsroom: sends whoever is not signed in to the sign-in page, which leads back here. */
export async function requireActor(): Promise<Actor> {
  return (await currentActor()) ?? redirect(signInFor((await headers()).get('x-pupitre-path')))
}
