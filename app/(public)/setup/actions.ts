'use server'

import { z } from 'zod'
import { publicAction } from '#app/_gate/action.ts'
import { line, locale, secret } from '#app/_gate/schemas.ts'
import { signInAs } from '#app/_gate/session-cookie.ts'
import { visitor } from '#app/_gate/visitor.ts'
import { ok } from '#lib/domain/result.ts'

const form = z.object({ code: line, newsroomName: line, name: line, email: line, password: secret, locale })

/** Names the newsroom, makes its first coordinator and signs them in. */
export const setUp = publicAction(form, async (input, { newsroom }) => {
  const made = await newsroom.setUp({ ...input, address: (await visitor()).address })
  if (!made.ok) return made
  await signInAs(made.value)
  return ok(undefined)
})
