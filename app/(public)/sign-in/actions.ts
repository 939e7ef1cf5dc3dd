'use server'

import { z } from 'zod'
import { publicAction } from '#app/_gate/action.ts'
import { line, secret } from '#app/_gate/schemas.ts'
import { carrySession } from '#app/_gate/session-cookie.ts'
import { visitor } from '#app/_gate/visitor.ts'
import { ok } from '#lib/domain/result.ts'

/** The page's way in; other clients use next-auth's routes. Both end in `sessions.signIn` and in the same cookie. */
export const signIn = publicAction(
  z.object({ email: line, password: secret }),
  async (input, { sessions }) => {
    const answer = await sessions.signIn({ ...input, ...(await visitor()) })
    if (!answer.ok) return answer
    await carrySession(answer.value)
    return ok(undefined)
  },
)
