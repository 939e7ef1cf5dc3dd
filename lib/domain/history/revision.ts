import type { VolunteerId } from '../ids.ts'

/** Why a revision was kept. `session`: by itself, while people wrote; `beforeRestore`: what a restore replaced. */
export const REVISION_KINDS = ['session', 'named', 'beforeRestore', 'verdict', 'publication'] as const
export type RevisionKind = (typeof REVISION_KINDS)[number]

/** So many characters (UTF-16 units) in a row by one volunteer; null: by the server, or by nobody known. */
export type Passage = readonly [by: VolunteerId | null, length: number]
