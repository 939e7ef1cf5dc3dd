import { afterEach } from 'vitest'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import type { SyncLimits } from '#server/sync/limits.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import type { DocumentBus } from '#server/sync/nodes/bus.ts'
import { createValkeyBus } from '#server/sync/nodes/valkey/valkey-bus.ts'
import { type FaultProxy, faultProxy } from '#test/support/fault-proxy.ts'
import { type StockClient, stockClient, synced, textOf } from '#test/support/sync-client.ts'
import type { RunningValkey } from '#test/support/valkey.ts'
import { type House, openHouse, silent, until } from './harness.ts'

export const SECRET = 'a secret of a newsroom, for tests only'

/** Everything that waits for seconds in the product waits for tenths of them here. */
const QUICK: Partial<SyncLimits> = {
  headsEvery: 800,
  headsEveryAstray: 200,
  lagPatience: 400,
  idleAfter: 50,
  projectAfter: 20,
}
const QUICK_BUS = { beatEvery: 150, lostAfter: 900 }

export type TestNode = House & {
  readonly bus: DocumentBus
  /** Its own line to Valkey. */
  readonly line: FaultProxy
  /** A page on this node, with the whole document. */
  page(document: DocumentName, actor: Actor): Promise<StockClient>
  /** Its line is cut for good, and it is stopped: to the others it died. */
  die(): Promise<void>
}

type NodeOptions = {
  readonly database: Database
  readonly valkey: RunningValkey
  readonly limits?: Partial<SyncLimits>
  /** With the delays of the product, instead of tenths of them. */
  readonly unhurried?: boolean
  /** What the newsroom’s database has in common with no other. */
  readonly newsroom?: string
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

/** A sync core with a line of its own to Valkey, in this process; closed after the test. */
export async function openNode({
  database,
  valkey,
  limits,
  unhurried = false,
  newsroom = 'one',
}: NodeOptions): Promise<TestNode> {
  const line = await faultProxy(valkey.port)
  const bus = createValkeyBus({
    url: `redis://127.0.0.1:${line.port}`,
    secret: SECRET,
    database: newsroom,
    logger: silent,
    ...(!unhurried && { delays: QUICK_BUS }),
  })
  const house = await openHouse({ database, limits: { ...(!unhurried && QUICK), ...limits }, bus })
  const pages: StockClient[] = []
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    for (const { provider } of pages) provider.destroy()
    await house.close()
    await bus.close()
  }
  closers.push(close)
  await until('the node hears itself', () => !bus.astray())
  return {
    ...house,
    bus,
    line,
    async page(document, actor) {
      const client = stockClient(house.url, document, house.admit(actor))
      pages.push(client)
      await synced(client)
      return client
    },
    async die() {
      line.cut()
      await close()
    },
  }
}

/** What the rows say, as a room that opens now would serve it. */
export async function textInRows(database: Database, document: DocumentName): Promise<string> {
  const doc = await readDocument(database.orm, document)
  return doc ? textOf(doc) : ''
}
