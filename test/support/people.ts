import { sql } from 'drizzle-orm'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Actor, Locale, Role } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { EventPort, ServerEvent } from '#server/events/port.ts'
import { foundNewsroom } from '#server/newsroom/found.ts'
import { createSessions } from '#server/sessions/use-cases.ts'
import { allOrNothing } from '#server/volunteers/all-or-nothing.ts'
import { enrol } from '#server/volunteers/enrol.ts'
import { hashPassword } from '#server/volunteers/password-hash.ts'
import { createVolunteers } from '#server/volunteers/use-cases.ts'

export const SECRET = 'a secret of the tests, long enough to be one'
export const PASSWORD = 'quatre chevaux verts'
export const ADDRESS = '203.0.113.7'

/** An event port that keeps what is published, and fails as many times as it is told to. */
export function recordedEvents() {
  const published: ServerEvent[] = []
  let failures = 0
  const port: EventPort = {
    async publish(event) {
      if (failures > 0) {
        failures -= 1
        throw new Error('PostgreSQL took no news')
      }
      published.push(event)
    },
    subscribe: () => () => {},
    onGap: () => () => {},
    close: async () => {},
  }
  return {
    ...port,
    published,
    failNext: (times: number) => {
      failures = times
    },
  }
}

/** Nobody, no newsroom, no counters: cheaper between two tests than a database of their own. */
export const forgetEverybody = (database: Database) =>
  database.orm.execute(sql`truncate newsroom, volunteers, throttles cascade`)

/** Hashing is slow on purpose: once is enough for everybody a test needs. */
let passwordHash: Promise<string> | null = null

/** The features about people on one database, as the composition root wires them. */
export function peopleOf(database: Database, events: EventPort) {
  const parts = { database, events, secret: SECRET }
  const sessions = createSessions({ ...parts, secureCookies: false })
  const volunteers = createVolunteers(parts)
  let count = 0

  async function add(
    role: Role,
    name = `Personne ${count + 1}`,
    locale: Locale = 'fr',
  ): Promise<VolunteerId> {
    count += 1
    const email = `personne${count}@exemple.quebec`
    passwordHash ??= hashPassword(PASSWORD)
    const enrolment = { name, email, passwordHash: await passwordHash, role, locale }
    const added = await allOrNothing(database.orm, async (tx) => {
      await foundNewsroom(tx, null)
      return enrol(tx, enrolment, 'operator')
    })
    if (!added.ok) throw new Error(JSON.stringify(added.error))
    return added.value
  }

  /** Adds somebody and signs them in. */
  async function join(role: Role, name?: string): Promise<Actor> {
    const actor = await sessions.open(await add(role, name), 'Test browser')
    if (!actor) throw new Error('a new volunteer could not sign in')
    return actor
  }

  /** The Cookie header of a session. */
  async function cookieOf(actor: Actor): Promise<string> {
    const { name, value } = await sessions.cookieFor(actor)
    return `${name}=${value}`
  }

  return { sessions, volunteers, add, join, cookieOf }
}
