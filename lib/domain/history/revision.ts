import type { VolunteerId } from '../ids.ts'

/** Why a revision was kept. `session`: by itself, while people wrote; `beforeRestore`: what a restore replaced. */
export type RevisionKind = 'session' | 'named' | 'beforeRestore' | 'verdict' | 'publication'

/** So many characters (UTF-16 units) in a row by one volunteer; null: by the server, or by nobody known. */
export type Passage = readonly [by: VolunteerId | null, length: number]
