'use server'

import { z } from 'zod'
import { publicAction } from '#app/_gate/action.ts'
import { line, locale, secret } from '#app/_gate/schemas.ts'
import { signInAs } from '#app/_gate/session-cookie.ts'
import { visitor } from '#app/_gate/visitor.ts'
import { ok } from '#lib/domain/result.ts'

const form = z.object({ token: line, name: line, email: line, password: secret, locale })

/** Makes the bearer of an invitation a volunteer and signs them in. */
export const acceptInvitation = publicAction(form, async ({ token, ...input }, { invitations }) => {
  const accepted = await invitations.accept(token, { ...input, address: (await visitor()).address })
  if (!accepted.ok) return accepted
  await signInAs(accepted.value)
  return ok(undefined)
})
