import { z } from 'zod'

/** A row of `drizzle.__drizzle_migrations`. */
const migration = z.object({ hash: z.string(), at: z.number().int() })

const header = z.object({
  /** Version of Pupitre that wrote it. */
  version: z.string(),
  /** When the rows were as they are here; ISO 8601, UTC. */
  takenAt: z.iso.datetime(),
  /** Level of the tables: the migrations that made them, the oldest first. */
  migrations: z.array(migration).min(1),
})

/** `table`: rows to be put back. `check`: what a query of store.ts answers, to be answered the same afterwards. */
const section = z.object({
  kind: z.enum(['table', 'check']),
  name: z.string(),
  columns: z.array(z.string()),
})

const end = z.object({
  rows: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  digest: z.string(),
})

const sequences = z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() }))

const close = z.object({ sections: z.number().int(), rows: z.number().int() })

export type Migration = z.infer<typeof migration>
export type Header = z.infer<typeof header>
export type Section = z.infer<typeof section>
export type Sequence = z.infer<typeof sequences>[number]

/** What a backup is made of, in its order: header, sections (each with rows and an end), sequences, close. */
export type Part =
  | { readonly kind: 'header'; readonly value: Header }
  | { readonly kind: 'section'; readonly value: Section }
  | { readonly kind: 'rows'; readonly value: Buffer }
  | { readonly kind: 'end'; readonly value: z.infer<typeof end> }
  | { readonly kind: 'sequences'; readonly value: readonly Sequence[] }
  | { readonly kind: 'close'; readonly value: z.infer<typeof close> }

/** The number of each kind in the file, and how what it says is read; rows are bytes as they are. */
export const CODES = { header: 1, section: 2, rows: 3, end: 4, sequences: 5, close: 6 } as const
export const SHAPES = { header, section, end, sequences, close } as const
