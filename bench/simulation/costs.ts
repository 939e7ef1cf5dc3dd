import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { median } from '../statistics.ts'

/** A unit cost and where it comes from. */
type Cost = {
  readonly value: number
  readonly unit: string
  readonly source: string
  readonly measured: boolean
}

const measured = (value: number, unit: string, source: string): Cost => ({
  value,
  unit,
  source,
  measured: true,
})
const assumed = (value: number, unit: string, source: string): Cost => ({
  value,
  unit,
  source,
  measured: false,
})

/** On one core of the machine of bench/results; CPU in milliseconds. */
export const COSTS = {
  nodePerBatch: measured(0.25, 'ms', 'npm run bench:appends: Node, one commit of one update'),
  nodePerRow: measured(0.0015, 'ms', 'npm run bench:appends: Node, the slope from 1 to 200 updates'),
  postgresPerBatch: measured(0.35, 'ms', 'npm run bench:appends: PostgreSQL, one commit of one update'),
  postgresPerRow: measured(
    0.0125,
    'ms',
    'npm run bench:appends: PostgreSQL, the slope from 1 to 200 updates',
  ),
  nodePerUpdate: assumed(
    0.05,
    'ms',
    'reading a frame, taking an update apart (0.4 µs) and applying it (15 µs), and its caret',
  ),
  nodePerDelivery: assumed(
    0.005,
    'ms',
    'one write to one socket: the bound of the bench; in a crowd, whose writes are joined, less',
  ),
  nodePerPublish: assumed(
    0.03,
    'ms',
    'sealing 5 µs (server/sync/nodes/valkey/README.md), the rest is the client library',
  ),
  nodePerHeard: assumed(
    0.03,
    'ms',
    'opening 4 µs (server/sync/nodes/valkey/README.md), decoding and applying 15 µs',
  ),
  nodePerProjection: assumed(
    2,
    'ms',
    'the text of a 20 kB draft, its search row, and the revision that is thought about',
  ),
  postgresPerProjection: assumed(
    1.5,
    'ms',
    'an update with a search vector, and a notification, in one commit each',
  ),
  postgresPerLookup: assumed(0.2, 'ms', 'one row by its key, over the wire, by the summary of a draft'),
  nodePerLookup: assumed(0.15, 'ms', 'the same seen from Node'),
  postgresPerHead: assumed(0.01, 'ms', 'one document in the query of heads (R13)'),
  restingBytes: measured(28_000, 'B', 'a 20 kB draft as bytes (issue of 22 November 2026, bench: open)'),
  writtenBytes: measured(240_000, 'B', 'the same as objects of Yjs'),
  socketBytes: assumed(20_000, 'B', 'a WebSocket with its buffers in Node; the kernel’s come on top'),
  processBytes: assumed(300e6, 'B', 'Next, Node and the code'),
  walPerRow: assumed(
    300,
    'B',
    'the same in the log, the row of the document and full pages spread over a checkpoint',
  ),
  walPerProjection: assumed(30_000, 'B', 'the text of a draft and its search index, written anew'),
  frameBytes: assumed(100, 'B', 'an update with its caret in one frame for a page'),
  personBytes: assumed(150, 'B', 'one person in the list of who is where, as JSON'),
  busBytes: assumed(180, 'B', 'an update in a sealed message, with its channel and the protocol'),
  newsBytes: assumed(400, 'B', 'a draft’s line in the lists, as JSON'),
} as const satisfies Record<string, Cost>

export type Costs = { readonly [Name in keyof typeof COSTS]: Cost }

const file = z.object({
  quick: z.boolean(),
  machine: z.object({ date: z.string(), loadAtStart: z.number() }),
  results: z.object({
    crowd: z
      .object({ pupitre: z.array(z.object({ cpuPerThousand: z.number().nullish() })) })
      .partial()
      .optional(),
  }),
})

/**
 * The costs, with what the newest full bench of the folder says in place of constants.
 * @param folder bench/results; a file that holds something else is passed over
 */
export function costsFrom(folder: string): Costs {
  const names = readdirSync(folder)
    .filter((name) => /cores\.json$/.test(name))
    .sort()
    .reverse()
  for (const name of names) {
    const found = file.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    if (!found.success || found.data.quick) continue
    const rounds = (found.data.results.crowd?.pupitre ?? []).flatMap(
      ({ cpuPerThousand }) => cpuPerThousand ?? [],
    )
    if (rounds.length === 0) continue
    // A crowd’s deliveries are joined; a small room’s are not, and cost what a write costs.
    const value = Math.max(median(rounds) / 1000, COSTS.nodePerDelivery.value)
    return {
      ...COSTS,
      nodePerDelivery: measured(
        value,
        'ms',
        `one write to one socket, at least (${name}: ${median(rounds).toFixed(2)} ms for 1,000 in a crowd)`,
      ),
    }
  }
  return COSTS
}
