import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import * as Y from 'yjs'
import { volunteers } from '#drizzle/schema/index.ts'
import type { DraftFacts } from '#lib/documents/draft/shape.ts'
import { type AddressOf, type DocumentName, draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, LoginSessionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { ServerEvent } from '#server/events/port.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { createDocument } from '#server/sync/log/document-rows.ts'
import type { UpdateLog } from '#server/sync/log/update-log.ts'
import type { Meters } from '#server/sync/meters.ts'
import type { DocumentBus } from '#server/sync/nodes/bus.ts'
import type { Access, NewsOf, ProjectionOf } from '#server/sync/ports.ts'
import { createSync } from '#server/sync/sync.ts'
import { typeParagraph } from '#test/support/sync-client.ts'

export const ORIGIN = 'http://newsroom.test'
export const silent = pino({ level: 'silent' })

export function actorNamed(name: string): Actor {
  return {
    volunteerId: randomUUID() as VolunteerId,
    sessionId: randomUUID() as LoginSessionId,
    name,
    email: `${name}@exemple.quebec`,
    role: 'editor',
    color: '#336699',
    locale: 'fr',
  }
}

export const draftAddress = (id = randomUUID() as DraftId): AddressOf<'draft'> => ({
  kind: 'draft',
  id,
  name: draftDocument(id),
})

/** An update that writes a first paragraph into an empty draft. */
export function seedOf(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('meta').set('title', 'Essai')
  typeParagraph(doc, text)
  return Y.encodeStateAsUpdate(doc)
}

export async function addPeople(database: Database, actors: readonly Actor[]): Promise<void> {
  await database.orm.insert(volunteers).values(
    actors.map((actor) => ({
      id: actor.volunteerId,
      email: `${actor.volunteerId}@exemple.quebec`,
      name: actor.name,
      color: actor.color,
      locale: actor.locale,
      role: actor.role,
      passwordHash: 'none',
    })),
  )
}

export async function addDocument(database: Database, text = 'Bonjour'): Promise<AddressOf<'draft'>> {
  const address = draftAddress()
  await database.orm.transaction((tx) => createDocument(tx, address, seedOf(text), null))
  return address
}

/** Events of one process, without PostgreSQL. */
function localEvents() {
  const listeners = new Set<(event: ServerEvent) => void>()
  const gaps = new Set<() => void>()
  return {
    subscribe: (listener: (event: ServerEvent) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onGap: (listener: () => void) => {
      gaps.add(listener)
      return () => gaps.delete(listener)
    },
    publish: (event: ServerEvent) => {
      for (const listener of listeners) listener(event)
    },
    gap: () => {
      for (const listener of gaps) listener()
    },
  }
}

type HouseOptions = {
  readonly database: Database
  readonly limits?: Partial<SyncLimits>
  readonly updateLog?: UpdateLog
  readonly newsOf?: NewsOf
  readonly meters?: Meters
  readonly port?: number
  readonly bus?: DocumentBus
}

/**
 * A sync core on a port of its own, whose people are `who=<volunteer id>` cookies: the rules of sign-in
 * and of drafts have their own tests.
 */
export async function openHouse({
  database,
  limits,
  updateLog,
  newsOf,
  meters,
  bus,
  port = 0,
}: HouseOptions) {
  const people = new Map<string, Actor>()
  const access = new Map<string, Access>()
  const projections: ProjectionOf<'draft'>[] = []
  const facts = new Map<DocumentName, DraftFacts>()
  const events = localEvents()
  const sync = await createSync({
    database,
    log: silent,
    events: { ...events, publish: async (event) => events.publish(event) },
    authenticate: async (cookie) => people.get(/who=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '') ?? null,
    authorise: async (actor, name) =>
      access.get(`${actor.volunteerId} ${name}`) ?? access.get(name) ?? 'write',
    project: async (projection) => {
      if (projection.kind === 'draft') {
        projections.push(projection)
        facts.set(projection.name, projection.facts)
      }
      await database.pool.query(
        'update documents set projected_seq = greatest(projected_seq, $2) where name = $1',
        [projection.name, projection.seq],
      )
    },
    summaryOf: async (id) => ({
      id,
      title: facts.get(draftDocument(id))?.title ?? '',
      excerpt: '',
      stage: 'drafting',
      wordCount: facts.get(draftDocument(id))?.wordCount ?? 0,
      createdBy: null,
      lastEditor: null,
      lastEditedAt: new Date(0).toISOString(),
      archivedAt: null,
    }),
    origins: [ORIGIN],
    ...(limits && { limits }),
    ...(updateLog && { updateLog }),
    ...(newsOf && { newsOf }),
    ...(meters && { meters }),
    ...(bus && { bus }),
  })
  const http = createServer()
  http.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const address = http.address() as AddressInfo
  return {
    sync,
    events,
    people,
    access,
    projections,
    port: address.port,
    url: `ws://127.0.0.1:${address.port}/collab`,
    /** Lets somebody in. @returns what their browser sends along */
    admit: (actor: Actor) => {
      people.set(actor.volunteerId, actor)
      return { cookie: `who=${actor.volunteerId}`, origin: ORIGIN }
    },
    async close() {
      http.close()
      await sync.close()
      http.closeAllConnections()
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>

/** Waits until something is true; fails with what it was waiting for. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  patience = 5000,
): Promise<void> {
  const end = performance.now() + patience
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
