import { type InvalidFields, invalid, parseAccount } from '#lib/domain/accounts/fields.ts'
import { nameProblem, tidyName } from '#lib/domain/accounts/name.ts'
import { addressBlock, LIMITS } from '#lib/domain/accounts/throttle.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Database, Orm } from '#server/db/database.ts'
import { createThrottle } from '#server/sessions/throttle.ts'
import { allOrNothing } from '#server/volunteers/all-or-nothing.ts'
import { enrol } from '#server/volunteers/enrol.ts'
import { hashPassword } from '#server/volunteers/password-hash.ts'
import { foundNewsroom } from './found.ts'
import { isSetUpCode, setUpCode } from './set-up-code.ts'
import { readName, writeName } from './store.ts'
import type { Newsroom, SetUp } from './types.ts'

export function createNewsroom({ database, secret }: { database: Database; secret: string }): Newsroom {
  const { orm } = database
  const throttle = createThrottle({ database, secret })
  return {
    isSetUp: async () => (await readName(orm)) !== null,
    name: () => readName(orm),
    setUpCode: () => setUpCode(secret),

    async setUp(input) {
      if ((await readName(orm)) !== null) return fail('alreadySetUp')
      const counters = [{ limit: LIMITS.setUp, subject: [addressBlock(input.address)] }]
      if (!(await throttle.take(counters))) return fail('throttled')
      if (!isSetUpCode(input.code, secret)) return fail('wrongCode')
      await throttle.giveBack(counters)
      return found(orm, input)
    },

    async rename(actor, typed) {
      if (!can(actor, 'newsroom.configure', null)) return fail('forbidden')
      const name = tidyName(typed)
      const problem = nameProblem(name)
      if (problem) return invalid({ newsroomName: problem })
      await writeName(orm, name)
      return ok(undefined)
    },
  }
}

async function found(orm: Orm, input: SetUp): Promise<Result<VolunteerId, 'alreadySetUp' | InvalidFields>> {
  const newsroomName = tidyName(input.newsroomName)
  const problem = nameProblem(newsroomName)
  const account = parseAccount(input)
  if (problem || !account.ok) {
    return invalid({ ...(account.ok ? {} : account.error.fields), ...(problem && { newsroomName: problem }) })
  }
  const { name, email, password } = account.value
  const passwordHash = await hashPassword(password)
  return allOrNothing<VolunteerId, 'alreadySetUp' | InvalidFields>(orm, async (tx) => {
    if (!(await foundNewsroom(tx, newsroomName))) return fail('alreadySetUp')
    const enrolment = { name, email, passwordHash, role: 'coordinator', locale: input.locale } as const
    return enrol(tx, enrolment, 'setUp')
  })
}
